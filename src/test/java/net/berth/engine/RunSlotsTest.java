package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSlotsTest {
    private final RunSlots slots = new RunSlots(1);
    private final RunSlots.Place running = slots.queue(false);
    private final List<String> turns = new ArrayList<>();

    private RunSlots.Place queue(String name, boolean start) {
        RunSlots.Place place = slots.queue(start);
        place.onTurn(() -> turns.add(name));
        return place;
    }

    private List<String> all(int count) {
        running.await();
        for (int i = 0; i < count; i++) {
            slots.release();
        }
        return turns;
    }

    @Test
    void startsComeBeforeWhatNobodyWaitsFor() {
        queue("look 1", false);
        queue("look 2", false);
        queue("start 1", true);
        queue("start 2", true);
        assertThat(all(4)).containsExactly("start 1", "start 2", "look 1", "look 2");
    }

    @Test
    void aStormOfStartsKeepsNobodyOutForGood() {
        queue("look 1", false);
        queue("look 2", false);
        for (int i = 1; i <= 8; i++) {
            queue("start " + i, true);
        }
        assertThat(all(8))
                .containsExactly("start 1", "start 2", "start 3", "look 1", "start 4", "start 5", "start 6", "look 2");
    }

    @Test
    void aGuestThatWaitsAmongTheOthersGoesToTheStartsWhenItStarts() {
        queue("look 1", false);
        RunSlots.Place place = queue("look 2", false);
        slots.hurry(place);
        slots.hurry(place);
        assertThat(all(2)).containsExactly("look 2", "look 1");
    }

    @Test
    void aSlotThatNobodyWaitsForIsFreeForTheNext() {
        slots.release();
        queue("look", false);
        assertThat(turns).containsExactly("look");
    }
}
