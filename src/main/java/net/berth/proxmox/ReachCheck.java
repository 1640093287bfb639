package net.berth.proxmox;

import java.util.List;
import net.berth.engine.SideBySide;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.engine.check.Light;
import net.berth.proxmox.api.ClusterUrl;
import net.berth.proxmox.api.PveException;

/** Whether each address answers, with which version. One of several that is dead costs time, not work. */
record ReachCheck(List<ClusterUrl> doors) implements Check {
    ReachCheck {
        doors = List.copyOf(doors);
    }

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = SideBySide.map(doors, ReachCheck::look);
        boolean any = findings.stream().anyMatch(finding -> finding.light() != Light.RED);
        return findings.stream()
                .map(finding -> any && finding.light() == Light.RED
                        ? new Finding(Light.YELLOW, finding.found(), finding.advice())
                        : finding)
                .toList();
    }

    private static Finding look(ClusterUrl door) {
        try {
            String version = door.api().version().path("version").asText("?");
            String text = door.url() + ": Proxmox VE " + version;
            return version.matches("[89]\\..*")
                    ? Finding.green(text)
                    : Finding.yellow(text + "; Berth was made for 8 and 9");
        } catch (PveException e) {
            return Finding.red(door.url() + ": " + e.explanation());
        }
    }
}
