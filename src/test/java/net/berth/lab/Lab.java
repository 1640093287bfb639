package net.berth.lab;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The lab as a program: {@code --run} tells one guest's life after the other and ends with 0 only if all systems agreed
 * at each step; {@code --serve} leaves everything open to be played with.
 */
public final class Lab {
    private Lab() {}

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        boolean serve = args.length > 0 && args[0].equals("--serve");
        if (args.length > 1 || (args.length == 1 && !serve && !args[0].equals("--run"))) {
            System.err.println("usage: Lab [--run|--serve]");
            System.exit(2);
        }
        int problems;
        try (LabHouse house = LabHouse.open(LabHouse.LIVELY, Map.of())) {
            problems = new LabStory(house, System.out).tell();
            if (serve) {
                new LabManual(house, System.out).print();
                CountDownLatch interrupted = new CountDownLatch(1);
                Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown));
                interrupted.await();
            }
        }
        System.exit(problems == 0 ? 0 : 1);
    }
}
