package net.berth.http.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How long a refusal takes says nothing of how much of a token or signature was right: by construction, not by the clock. */
class TimingAttackTest {
    private final JavaClasses checks =
            new ClassFileImporter().importClasses(ApiTokens.class, HookSignature.class, Session.class);

    @Test
    void secretsAreComparedInConstantTime() {
        classes()
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(checks);
    }

    @Test
    void secretsAreComparedInNoOtherWay() {
        ArchRule rule = noClasses()
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .orShould()
                .callMethod(String.class, "equals", Object.class)
                .orShould()
                .callMethod(String.class, "equalsIgnoreCase", String.class)
                .orShould()
                .callMethod(String.class, "contentEquals", CharSequence.class)
                .orShould()
                .callMethod(String.class, "startsWith", String.class)
                .orShould()
                .callMethod(String.class, "compareTo", String.class);
        rule.check(checks);
        rule.check(new ClassFileImporter().importClasses(BearerToken.class));
    }
}
