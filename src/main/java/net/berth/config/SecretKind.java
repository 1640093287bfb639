package net.berth.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.security.Secret;

/** A kind of secret, for what has to check one before there are settings. */
public enum SecretKind {
    PASSWORD,
    PROXMOX_TOKEN,
    SSH_KEY,
    API_TOKEN,
    /** The keys of the hooks' signatures; the first is answered. */
    HOOK_KEYS;

    /**
     * Reads a file as the settings would: its owner, its mode and its form must be right.
     *
     * @throws SettingsException with what was found and what is allowed
     */
    public Secret read(Path file) {
        Path absolute = file.toAbsolutePath();
        Form<Secret> form = form(Optional.ofNullable(absolute.getParent()).orElse(absolute));
        try {
            return form.read().apply(absolute.toString());
        } catch (Form.Refused e) {
            throw new SettingsException(List.of(absolute + ": found " + e.getMessage() + "; " + form.allowed()));
        }
    }

    /**
     * Checks a secret that was typed.
     *
     * @throws SettingsException with what is allowed
     */
    public Secret of(String text) {
        try {
            return switch (this) {
                case PASSWORD -> SecretText.password(text);
                case PROXMOX_TOKEN -> SecretText.proxmoxTokenWithId(text);
                case SSH_KEY -> SecretText.privateKey(text);
                case API_TOKEN -> SecretText.token(text, "FILE");
                case HOOK_KEYS -> SecretText.hookKeys(text, "FILE").getFirst();
            };
        } catch (Form.Refused e) {
            String allowed = form(Path.of(".")).allowed();
            throw new SettingsException(List.of("that is not " + allowed.replaceFirst("^a file with ", "")));
        }
    }

    private Form<Secret> form(Path folder) {
        SecretFiles files = new SecretFiles(folder, Map.of());
        return switch (this) {
            case PASSWORD -> files.password();
            case PROXMOX_TOKEN -> files.proxmoxToken();
            case SSH_KEY -> files.sshKey();
            case API_TOKEN -> files.token();
            case HOOK_KEYS -> files.hookKeys().then(List::getFirst);
        };
    }
}
