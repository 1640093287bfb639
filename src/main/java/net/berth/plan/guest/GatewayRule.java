package net.berth.plan.guest;

import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.plan.NicCase;

/**
 * Which gateway a NIC's config has once its address is written. One that was chosen or left out stays; Berth adds one only
 * along with a NIC's first address, and only where the guest has no other default route.
 */
final class GatewayRule {
    private GatewayRule() {}

    /**
     * The gateway.
     *
     * @param text as the config is to have it; empty for none
     * @param note why there is none although the network has one, or why it is another; empty when there is nothing to say
     */
    record Gateway(String text, String note) {}

    /** The gateway beside an address that is written. */
    static Gateway written(NicCase c) {
        String own = c.network().gatewayText();
        if (c.nic().config() instanceof NicConfig.Static fixed) {
            return new Gateway(isLeft(c.network(), fixed.gateway()) ? fixed.gateway() : own, "");
        }
        Optional<Nic> route = c.guest().nics().stream()
                .filter(other -> !other.equals(c.nic()) && isRoute(c, other))
                .findFirst();
        return own.isEmpty() || route.isEmpty()
                ? new Gateway(own, "")
                : new Gateway(
                        "",
                        "no gateway: the guest's default route is that of "
                                + route.get().id().name());
    }

    /** A gateway of another network that the NIC was on before leads nowhere here. */
    private static boolean isLeft(Network network, String gateway) {
        return gateway.isEmpty() || network.prefix().contains(IpAddress.parse(gateway));
    }

    /** Whether another NIC has the default route. Of NICs that could get one by DHCP or from Berth it is the first. */
    private static boolean isRoute(NicCase c, Nic other) {
        if (other.config() instanceof NicConfig.Static fixed) {
            return !fixed.gateway().isEmpty();
        }
        return other.id().index() < c.nic().id().index()
                && Network.of(other, c.networks()).flatMap(Network::gateway).isPresent();
    }

    /** What is to be said of the gateway of a NIC that has its address. */
    static String note(Network network, NicConfig.Static fixed) {
        if (network.gatewayText().equals(fixed.gateway())) {
            return "";
        }
        return fixed.gateway().isEmpty() ? "its config names no gateway" : "its gateway is " + fixed.gateway();
    }
}
