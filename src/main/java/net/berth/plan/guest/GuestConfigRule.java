package net.berth.plan.guest;

import java.util.List;
import java.util.Optional;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy.WriteBack;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;
import net.berth.plan.RowIndex;
import net.berth.plan.Situation;
import net.berth.plan.view.EntryState;

/** Plans what is written into the guest's config, or says why it is held back. */
public final class GuestConfigRule {
    private GuestConfigRule() {}

    /**
     * How the guest's config compares with its binding.
     *
     * @param note what is said beside it, such as why it is held back; may be empty
     */
    public record Verdict(EntryState mark, String note) {

        /** This verdict with one more note; empty for none. */
        public Verdict and(String more) {
            String both = note.isEmpty() || more.isEmpty() ? note + more : note + "; " + more;
            return new Verdict(mark, both);
        }
    }

    public static Verdict plan(NicCase c, IpAddress address) {
        Verdict verdict = compared(c, address);
        return c.nic().unplugged() ? verdict.and("its link is down (link_down)") : verdict;
    }

    private static Verdict compared(NicCase c, IpAddress address) {
        if (c.nic().config() instanceof NicConfig.Ignored ignored) {
            return new Verdict(EntryState.NOT_APPLICABLE, ignored.why());
        }
        if (!c.guest().takesAddress()) {
            return new Verdict(EntryState.NOT_APPLICABLE, "");
        }
        InterfaceAddress wanted = c.network().onInterface(address);
        NicConfig config = c.nic().config();
        boolean duplicate = reportDuplicate(c, address);
        if (config instanceof NicConfig.Static fixed && fixed.address().equals(wanted)) {
            return new Verdict(EntryState.OK, gatewayNote(c.network(), fixed));
        }
        String held = heldBecause(c, duplicate);
        if (!held.isEmpty()) {
            if (!duplicate) {
                reportDiffers(c, wanted, held);
            }
            return new Verdict(EntryState.HELD, held);
        }
        Gateway gateway = gateway(c);
        boolean image = c.guest().id().type() == GuestType.QEMU && c.guest().running();
        c.change(new Change.WriteGuest(
                write(c, new NicConfig.Static(wanted, gateway.text())),
                image,
                config instanceof NicConfig.Static,
                "NIPAP binds " + wanted + " to " + c.title() + " and its config says " + words(config)));
        boolean said = config instanceof NicConfig.Static || config instanceof NicConfig.Other;
        return new Verdict(said ? EntryState.DIFFERS : EntryState.MISSING, gateway.note());
    }

    private static AddressWrite write(NicCase c, NicConfig.Static wanted) {
        // Name servers are the whole guest's: one that has a fixed address without them was set up so.
        boolean first = c.guest().nics().stream().map(Nic::config).noneMatch(NicConfig.Static.class::isInstance);
        return new AddressWrite(
                c.nic().id(),
                c.guest().node(),
                c.nic().mac(),
                c.nic().config(),
                wanted,
                first ? c.network().nameservers() : List.of(),
                first ? c.network().domain() : "");
    }

    /**
     * The gateway.
     *
     * @param text as the config is to have it; empty for none
     * @param note why there is none although the network has one, or why it is another; empty when there is nothing to say
     */
    private record Gateway(String text, String note) {}

    /**
     * The gateway beside an address that is written. One that was chosen or left out stays; Berth adds one only along with a
     * NIC's first address, and only where the guest has no other default route.
     */
    private static Gateway gateway(NicCase c) {
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
    private static String gatewayNote(Network network, NicConfig.Static fixed) {
        if (network.gatewayText().equals(fixed.gateway())) {
            return "";
        }
        return fixed.gateway().isEmpty() ? "its config names no gateway" : "its gateway is " + fixed.gateway();
    }

    /** An address that is bound to another guest must not come up twice; the owner keeps it. */
    private static boolean reportDuplicate(NicCase c, IpAddress own) {
        if (!(c.nic().config() instanceof NicConfig.Static fixed)
                || fixed.address().address().equals(own)) {
            return false;
        }
        IpAddress configured = fixed.address().address();
        Optional<AddressRow> owner = c.rows()
                .at(configured)
                .filter(row -> !row.quarantined()
                        && row.nic()
                                .filter(nic -> !nic.guest().equals(c.guest().id()))
                                .isPresent());
        owner.ifPresent(row -> c.conflict(
                ConflictCode.ADDRESS_TAKEN,
                c.title() + " is configured with " + configured + ", which belongs to "
                        + (row.node().isEmpty() ? "" : row.node() + " ") + "("
                        + row.nic().orElseThrow() + "); its own address is " + own,
                duplicateFix(c, c.network().onInterface(own))));
        return owner.isPresent();
    }

    /** Promises only what is done in this mode. */
    private static String duplicateFix(NicCase c, InterfaceAddress own) {
        String order = "berth sync " + c.guest().id().vmid() + " --write-back";
        return switch (c.policy().mode()) {
            case REPORT -> "mode: report changes nothing; set the address by hand: " + byHand(c, own);
            case CREATE -> "mode: create replaces no address; set it by hand: " + byHand(c, own);
            case SYNC ->
                heldBecause(c, true).isEmpty()
                        ? "Berth will write " + own.address() + " into its config shortly; start the guest again after"
                                + " that. To write it now: " + order
                        : "write-back: never leaves its config as it is; to write " + own.address()
                                + " into it once, run: " + order;
        };
    }

    private static String byHand(NicCase c, InterfaceAddress own) {
        String gateway = gateway(c).text();
        String value = "ip=" + own + (gateway.isEmpty() ? "" : ",gw=" + gateway);
        int vmid = c.guest().id().vmid();
        return switch (c.guest().id().type()) {
            case QEMU -> "qm set " + vmid + " --ipconfig" + c.nic().id().index() + " " + value;
            case LXC -> "pct set " + vmid + " --" + c.nic().id().name() + " with its present values but " + value;
        };
    }

    /** With DHCP the guest gets the right address; with another fixed address it does not. */
    private static void reportDiffers(NicCase c, InterfaceAddress wanted, String held) {
        c.configured()
                .filter(fixed -> !fixed.equals(wanted.address()))
                .ifPresent(fixed -> c.conflict(
                        ConflictCode.GUEST_DIFFERS,
                        c.title() + " is configured with " + fixed + ", but NIPAP binds " + wanted.address()
                                + " to it, and Berth does not change its config: " + held,
                        "run: berth sync " + c.guest().id().vmid()
                                + " --write-back (a VM's cloud-init runs again at its next start), or let the guest use"
                                + " DHCP"));
    }

    private static String heldBecause(NicCase c, boolean duplicate) {
        NicConfig config = c.nic().config();
        WriteBack policy = c.policy().writeBack();
        if ((duplicate && policy != WriteBack.NEVER) || c.situation().writeBackOrdered()) {
            return "";
        }
        if (policy == WriteBack.NEVER) {
            return "write-back is never; address comes by DHCP";
        }
        if (config instanceof NicConfig.Other other) {
            return "its config says " + other.text() + ", which a human chose";
        }
        boolean free = c.guest().id().type() == GuestType.LXC
                || policy == WriteBack.ALWAYS
                || c.situation().boot() != Situation.Boot.HAS_RUN;
        if (free) {
            return "";
        }
        return config instanceof NicConfig.Static fixed
                ? "already booted with " + fixed.address() + ", and another would make cloud-init run again"
                : "already booted; address comes by DHCP";
    }

    private static String words(NicConfig config) {
        return switch (config) {
            case NicConfig.Static fixed ->
                fixed.address() + (fixed.gateway().isEmpty() ? " without gateway" : " via " + fixed.gateway());
            case NicConfig.Dhcp dhcp -> "DHCP";
            case NicConfig.None none -> "nothing";
            case NicConfig.Other other -> other.text();
            case NicConfig.Ignored ignored -> ignored.why();
        };
    }

    /** The NICs of other guests whose bound addresses are fixed addresses in this guest's config, where it takes effect. */
    public static List<NicId> duplicated(Guest guest, RowIndex rows) {
        return guest.fixedAddresses()
                .flatMap(address -> owner(address, rows).stream())
                .filter(owner -> !owner.guest().equals(guest.id()))
                .toList();
    }

    private static Optional<NicId> owner(IpAddress address, RowIndex rows) {
        return rows.at(address).filter(row -> !row.quarantined()).flatMap(AddressRow::nic);
    }
}
