package net.berth.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.security.Secret;

/**
 * The files that the settings name. If systemd's credentials folder has a file of that name, that file is read: so one
 * settings file works for a service without rights to {@code /etc} and on a terminal. A relative path begins at the folder
 * of the settings file. No message shows a file's content.
 */
final class SecretFiles {
    /** The environment variable in which systemd names the folder of {@code LoadCredential=}. */
    static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private static final int MAX_BYTES = 64 << 10;
    private static final int SHORTEST_TOKEN = 16;
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final String credentials;
    private final Set<String> warnings = new LinkedHashSet<>();

    SecretFiles(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.credentials = environment.getOrDefault(CREDENTIALS, "");
    }

    /** What is allowed but risky. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** A password: any text of one line. */
    Form<Secret> password() {
        return new Form<>("a file with the password on one line", name -> Secret.of(oneLine(name)));
    }

    /** A bearer token. */
    Form<Secret> token() {
        var allowed = "a file with a token of " + SHORTEST_TOKEN + " or more characters on one line";
        return new Form<>(allowed, name -> {
            var text = oneLine(name);
            if (text.length() < SHORTEST_TOKEN || !text.matches("[\\x21-\\x7e]+")) {
                throw new Form.Refused("a file with a token that is too short or has odd characters");
            }
            return Secret.of(text);
        });
    }

    /** The secret half of a Proxmox API token, which Proxmox shows once, as a UUID. */
    Form<Secret> proxmoxToken() {
        return new Form<>("a file with the secret that Proxmox showed when the token was made", name -> {
            var text = oneLine(name);
            if (!text.matches("[A-Za-z0-9-]{8,64}")) {
                throw new Form.Refused(
                        text.indexOf('=') >= 0
                                ? "a file with more than the token's secret (the part behind =)"
                                : "a file without such a secret");
            }
            return Secret.of(text);
        });
    }

    /** The keys of the hooks' signatures. */
    Form<List<Secret>> hookKeys() {
        var allowed = "a file with lines whsec_<base64 of " + SHORTEST_KEY + " to " + LONGEST_KEY + " bytes>";
        return new Form<>(allowed, name -> {
            var keys = new ArrayList<Secret>();
            for (var line : text(name, true).strip().lines().toList()) {
                keys.add(hookKey(line.strip(), keys.size() + 1));
            }
            return List.copyOf(keys);
        });
    }

    /** An SSH private key: the text of its file. */
    Form<Secret> sshKey() {
        return new Form<>("a file with an SSH private key", name -> privateKey(text(name, true)));
    }

    /** The file of a private key in PEM, not encrypted; the server reads it itself. */
    Form<Path> pemKey() {
        return new Form<>("a PEM file with the certificate's private key, not encrypted", name -> {
            var text = text(name, true);
            privateKey(text);
            if (text.contains("ENCRYPTED")) {
                throw new Form.Refused("a file with an encrypted key");
            }
            return find(name);
        });
    }

    /** Certificates in PEM. */
    Form<Path> certificates() {
        return new Form<>("a PEM file with a certificate", name -> {
            var bytes = bytes(name, false);
            try {
                var all = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
                if (all.isEmpty()) {
                    throw new Form.Refused("a file without a certificate");
                }
            } catch (CertificateException e) {
                throw new Form.Refused("a file without a certificate that can be read");
            }
            return find(name);
        });
    }

    /** Known hosts of SSH. */
    Form<Path> knownHosts() {
        return new Form<>("a file in the format of OpenSSH's known_hosts", name -> {
            text(name, false);
            return find(name);
        });
    }

    private static Secret hookKey(String line, int number) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line.startsWith("whsec_") ? line.substring(6) : "");
        } catch (IllegalArgumentException e) {
            throw new Form.Refused("a file whose line " + number + " is not of that form");
        }
        if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
            throw new Form.Refused("a file whose line " + number + " is not of that form or length");
        }
        return Secret.of(key);
    }

    private static Secret privateKey(String text) {
        if (!text.contains("-----BEGIN ") || !text.contains("PRIVATE KEY-----")) {
            throw new Form.Refused(
                    text.startsWith("ssh-") ? "a file with the public half of a key" : "a file without a private key");
        }
        return Secret.of(text);
    }

    private String oneLine(String name) {
        var lines = text(name, true).lines().toList();
        if (lines.size() != 1) {
            throw new Form.Refused("a file with " + lines.size() + " lines");
        }
        return lines.getFirst();
    }

    private String text(String name, boolean secret) {
        return new String(bytes(name, secret), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String name, boolean secret) {
        var file = find(name);
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Form.Refused("a file larger than " + MAX_BYTES + " bytes");
            }
            if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
                throw new Form.Refused("an empty file");
            }
            if (secret) {
                warnWhenOpen(file);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new Form.Refused("no such file as " + shown(name, file));
        } catch (IOException e) {
            throw new Form.Refused("a file that cannot be read as " + shown(name, file));
        }
    }

    private Path find(String name) {
        try {
            var path = Path.of(name);
            var last = path.getFileName();
            if (!credentials.isEmpty() && last != null) {
                var credential = Path.of(credentials).resolve(last);
                if (handedOver(credential)) {
                    return credential;
                }
            }
            return folder.resolve(path);
        } catch (InvalidPathException e) {
            throw new Form.Refused("no name of a file");
        }
    }

    /** The unit loads a blank line for each file that does not exist, so that it still loads the others. */
    private static boolean handedOver(Path credential) {
        try (var in = Files.newInputStream(credential)) {
            return !new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1).isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    /** The value may be the secret itself, by mistake: only a text that begins like a path is shown. */
    private static String shown(String name, Path file) {
        return name.startsWith("/")
                ? Quote.of(name)
                : "the one named here in " + file.toAbsolutePath().getParent();
    }

    /** A credential of systemd is skipped: its group bits are the mask of an access list and give no access. */
    private void warnWhenOpen(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || (!credentials.isEmpty() && file.startsWith(credentials))) {
            return;
        }
        var mode = view.readAttributes().permissions();
        if (mode.stream().anyMatch(OTHERS::contains)) {
            warnings.add(file + " holds a secret and is open to others (" + PosixFilePermissions.toString(mode)
                    + "); chmod 600 " + file);
        }
    }
}
