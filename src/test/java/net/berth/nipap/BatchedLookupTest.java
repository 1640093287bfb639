package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import net.berth.nipap.xmlrpc.NipapException.Unanswered;
import org.junit.jupiter.api.Test;

class BatchedLookupTest {
    private static final int MOST = 10;

    private final CountDownLatch held = new CountDownLatch(1);
    private final List<Set<Integer>> calls = new CopyOnWriteArrayList<>();
    private final BatchedLookup<Integer, String> gathered = new BatchedLookup<>(2, MOST, this::answer);

    private Map<Integer, String> answer(Set<Integer> questions) {
        calls.add(Set.copyOf(questions));
        if (questions.contains(0) || questions.contains(1)) {
            await().until(() -> held.getCount() == 0);
        }
        if (questions.contains(13)) {
            throw new Garbled("13 is no answer", null);
        }
        if (questions.contains(17)) {
            throw new Unanswered("cut", Unanswered.How.BROKEN_OFF, null);
        }
        Map<Integer, String> answers = new HashMap<>();
        questions.forEach(question -> answers.put(question, "a" + question));
        return answers;
    }

    private String one(int question) {
        return String.valueOf(gathered.get(Set.of(question)).get(question));
    }

    /** Both calls that may be under way are, and the questions wait. */
    private List<FutureTask<String>> waiting(List<Integer> questions) {
        List<FutureTask<String>> asked = new ArrayList<>();
        ask(0, asked);
        await().until(() -> calls.size() == 1);
        ask(1, asked);
        await().until(() -> calls.size() == 2);
        questions.forEach(question -> ask(question, asked));
        return asked;
    }

    private void ask(int question, List<FutureTask<String>> asked) {
        FutureTask<String> task = new FutureTask<>(() -> one(question));
        asked.add(task);
        Thread thread = Thread.ofPlatform().daemon().start(task);
        // At work on a call, or in a group that waits for one.
        await().until(() ->
                calls.stream().anyMatch(call -> call.contains(question)) || thread.getState() == Thread.State.WAITING);
    }

    @Test
    void whoeverWaitsWhileCallsAreUnderWayGoesTogetherIntoTheNextOnes() throws Exception {
        List<FutureTask<String>> asked = waiting(List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2));
        held.countDown();
        for (FutureTask<String> task : asked) {
            assertThat(task.get()).startsWith("a");
        }
        assertThat(asked.getLast().get()).isEqualTo("a2");
        assertThat(calls).hasSize(4).allMatch(call -> call.size() <= MOST);
    }

    @Test
    void whoIsAloneAsksAtOnce() {
        assertThat(one(5)).isEqualTo("a5");
        assertThat(one(5)).as("an answer is not kept").isEqualTo("a5");
        assertThat(calls).containsExactly(Set.of(5), Set.of(5));
    }

    @Test
    void aSetOfQuestionsIsOneCallUnlessItIsLongerThanACallHolds() {
        Set<Integer> few = Set.of(2, 3, 4, 5);
        assertThat(gathered.get(few)).hasSize(4);
        assertThat(calls).containsExactly(few);
        assertThat(gathered.get(IntStream.range(20, 45).boxed().collect(Collectors.toSet())))
                .hasSize(25);
        assertThat(calls).hasSize(4).allMatch(call -> call.size() <= MOST);
    }

    @Test
    void anAnswerThatCannotBeReadIsTheFailureOfItsQuestionOnly() throws Exception {
        List<FutureTask<String>> asked = waiting(List.of(12, 13, 14));
        held.countDown();
        assertThat(asked.get(2).get()).isEqualTo("a12");
        assertThatThrownBy(() -> asked.get(3).get()).hasRootCauseMessage("13 is no answer");
        assertThat(asked.get(4).get()).isEqualTo("a14");
    }

    @Test
    void aNipapThatDoesNotAnswerIsNotAskedAgainByEachOne() {
        List<FutureTask<String>> asked = waiting(List.of(16, 17, 18));
        held.countDown();
        for (int i = 2; i < 5; i++) {
            FutureTask<String> task = asked.get(i);
            assertThatThrownBy(task::get).hasRootCauseMessage("cut");
        }
        assertThat(calls).hasSize(3);
    }
}
