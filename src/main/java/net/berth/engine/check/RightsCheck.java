package net.berth.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.berth.engine.port.MissingRight;
import net.berth.engine.port.MissingRight.Weight;
import net.berth.engine.port.Rights;
import net.berth.model.Network;
import net.berth.model.Policy;

/**
 * Whether Berth may do what the configuration asks of it.
 *
 * @param rights who knows
 * @param networks the networks
 * @param policy what is to be done
 */
public record RightsCheck(Rights rights, List<Network> networks, Policy policy) implements Check {

    @Override
    public String name() {
        return "rights";
    }

    @Override
    public List<Finding> look() {
        List<MissingRight> missing = rights.missing(networks, policy);
        List<Finding> findings = new ArrayList<>();
        if (missing.stream().allMatch(right -> right.weight() == Weight.OPTIONAL)) {
            findings.add(Finding.green("all that these settings need"));
        }
        missing.forEach(right -> findings.add(finding(right)));
        return findings;
    }

    private static Finding finding(MissingRight right) {
        return switch (right.weight()) {
            case VITAL -> new Finding(Light.RED, right.text(), right.grant());
            case HELPFUL -> new Finding(Light.YELLOW, right.text(), right.grant());
            case OPTIONAL ->
                Finding.green("not needed: " + right.text() + ". To have it: "
                        + right.grant().stream().collect(Collectors.joining("; ")));
        };
    }
}
