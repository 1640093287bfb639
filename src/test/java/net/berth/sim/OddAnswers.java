package net.berth.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Nic;
import net.berth.plan.GuestEdits;

/** For some seconds now and then the answers of Proxmox lack a guest's name or NICs, and then have them again. */
final class OddAnswers {
    /** One of so many answers begins such a moment. */
    private static final int RARE = 12;

    private static final long LONGEST = 6_000;
    private static final long APART = 120_000;

    private final SplittableRandom random;
    private final boolean none;
    private final Kernel kernel;
    private final Scene scene;
    private final Faults faults;
    private final Nipap nipap;
    private final Map<GuestId, Moment> last = new HashMap<>();
    /** For each receiver and guest: since which moment it has not been answered as it is. */
    private final Map<String, Long> misled = new HashMap<>();

    OddAnswers(Kernel kernel, Scene scene, Faults faults, Nipap nipap) {
        this.random = new SplittableRandom(faults.seed() ^ 0x510E527FADE682D1L);
        this.none = faults.seed() % 2 != 0;
        this.kernel = kernel;
        this.scene = scene;
        this.faults = faults;
        this.nipap = nipap;
    }

    private record Moment(long from, long until, int lacks) {}

    /** A person orders what is to be done at once by what the guest then looks like. */
    void spare(GuestId guest) {
        last.put(guest, new Moment(kernel.now(), kernel.now(), 0));
    }

    /** What a receiver is answered about a guest. What has no row yet cannot be missed. */
    Guest answer(Life life, Vm vm) {
        Guest whole = vm.guest(kernel.now());
        String whose = life + " " + vm.id;
        Moment moment = moment(vm);
        // One that was not answered since the moment before cannot know that it was one.
        boolean odd = moment.until() > kernel.now()
                && isAsItsRows(vm)
                && misled.getOrDefault(whose, moment.from()) == moment.from();
        if (!odd) {
            misled.remove(whose);
            return whole;
        }
        misled.put(whose, moment.from());
        return odd(whole, moment.lacks());
    }

    private Moment moment(Vm vm) {
        Moment before = last.getOrDefault(vm.id, new Moment(0, 0, 0));
        boolean begins = !none && !faults.over() && random.nextInt(RARE) == 0;
        if (!begins || before.until() > kernel.now() - APART) {
            return before;
        }
        Moment next = new Moment(kernel.now(), kernel.now() + 1 + random.nextInt((int) LONGEST), random.nextInt(8));
        last.put(vm.id, next);
        kernel.trace().add(kernel.now(), "pve", "answers about " + vm.id + " lack something: " + next);
        return next;
    }

    private static Guest odd(Guest whole, int lacks) {
        List<Nic> nics = whole.nics();
        return switch (lacks) {
            case 0, 1 -> GuestEdits.named(whole, "");
            case 2 -> GuestEdits.named(GuestEdits.withNics(whole, List.of()), "");
            default -> {
                Nic missing = nics.get(lacks % nics.size());
                yield GuestEdits.withNics(
                        whole, nics.stream().filter(nic -> !nic.equals(missing)).toList());
            }
        };
    }

    private boolean isAsItsRows(Vm vm) {
        return !vm.nics.isEmpty()
                && vm.nics.values().stream().allMatch(nic -> nipap.live(nic.id()).stream()
                        .anyMatch(row -> Binds.binds(scene, vm, nic.id(), row)
                                && row.node().equals(vm.name)
                                && row.mac().filter(nic.mac()::equals).isPresent()));
    }
}
