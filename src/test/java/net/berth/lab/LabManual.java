package net.berth.lab;

import java.io.PrintStream;
import java.nio.file.Path;

/** Prints how to play with an open lab. */
final class LabManual {
    private final LabHouse house;
    private final PrintStream out;

    LabManual(LabHouse house, PrintStream out) {
        this.house = house;
        this.out = out;
    }

    void print() {
        String base = "http://127.0.0.1:" + house.port();
        String token = "-H 'Authorization: Bearer " + LabSettings.API_TOKEN + "'";
        Path berth = Path.of("target/berth/bin/berth");
        out.printf(
                """

                The lab stays open. Ctrl-C ends it.

                The page: %1$s/ (its token: %9$s)

                In another terminal:

                  curl -s %2$s %1$s/v1/guests                        # who has what, in every system
                  curl -s %2$s %1$s/v1/plan                          # what a pass would change
                  curl -s -X POST %2$s '%1$s/v1/sync?dry-run=true'   # the same as an order
                  curl -s -X POST %2$s %1$s/v1/guests/201/sync       # re-sync one guest
                  curl -s %2$s %1$s/v1/conflicts
                  curl -s %1$s/observe/health
                  curl -s %1$s/observe/metrics

                  %3$s guests --config %4$s
                  %3$s plan --config %4$s
                  %3$s explain files --config %4$s
                  BERTH_HOOK_CONF=%5$s/berth.conf hookscripts/berth-hook 201 post-start

                Proxmox answers on %6$s, NIPAP on %7$s, the router by ssh -p %8$d.
                The receiver's log is %5$s/receiver.log
                %n""",
                base,
                token,
                berth,
                house.config(),
                house.folder(),
                house.pve().url(),
                house.nipap().url(),
                house.router().port(),
                LabSettings.API_TOKEN);
        out.flush();
    }
}
