package net.berth.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.berth.security.Secret;

/** A kind of secret, for what has to check one before there are settings. */
public enum SecretKind {
    PASSWORD("a file with the password on one line"),
    /** The secret half of a Proxmox API token, which Proxmox shows once, as a UUID. */
    PROXMOX_TOKEN("a file with the secret that Proxmox showed when the token was made"),
    SSH_KEY("a file with an SSH private key"),
    API_TOKEN("a file with a token of " + SecretText.SHORTEST_TOKEN + " or more characters on one line"),
    /** The keys of the hooks' signatures; the first is answered. */
    HOOK_KEYS("a file with lines whsec_<base64 of " + SecretText.SHORTEST_KEY + " to " + SecretText.LONGEST_KEY
            + " bytes>");

    final String allowed;

    SecretKind(String allowed) {
        this.allowed = allowed;
    }

    /** Reads a file as the settings would; throws {@link SettingsException} for a wrong owner, mode or form. */
    public Secret read(Path file) {
        Path absolute = file.toAbsolutePath();
        try {
            return new SecretFiles(absolute, Map.of()).secret(this).read().apply(absolute.toString());
        } catch (Form.Refused e) {
            throw new SettingsException(List.of(absolute + ": found " + e.getMessage() + "; " + allowed));
        }
    }

    /** Checks a secret that was typed; throws {@link SettingsException} with what is allowed. */
    public Secret of(String text) {
        try {
            return parse(this == PROXMOX_TOKEN ? SecretText.withoutTokenId(text) : text, "FILE");
        } catch (Form.Refused e) {
            throw new SettingsException(List.of("that is not " + allowed.replaceFirst("^a file with ", "")));
        }
    }

    /** @param file where a new one goes, as a word of a command */
    Secret parse(String text, String file) {
        return switch (this) {
            case PASSWORD -> Secret.of(SecretText.oneLine(text));
            case PROXMOX_TOKEN -> SecretText.proxmoxToken(text);
            case SSH_KEY -> SecretText.privateKey(text);
            case API_TOKEN -> SecretText.token(text, file);
            case HOOK_KEYS -> SecretText.hookKeys(text, file).getFirst();
        };
    }
}
