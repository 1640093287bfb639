package net.berth.plan.address;

import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.plan.NicCase;

/** Addresses on which other machines depend: Berth never chooses one, and adopts one only for the machine that is seen there. */
final class AddressRole {
    private AddressRole() {}

    /** {@code gateway of network lan} or {@code nameserver of network lan}; empty for other addresses. */
    static Optional<String> of(NicCase c, IpAddress address) {
        return c.networks().stream()
                .flatMap(network -> of(network, address).stream())
                .findFirst();
    }

    private static Optional<String> of(Network network, IpAddress address) {
        if (network.isGateway(address)) {
            return Optional.of("gateway of network " + network.name());
        }
        return network.nameservers().contains(address)
                ? Optional.of("nameserver of network " + network.name())
                : Optional.empty();
    }
}
