package net.berth.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.security.Secret;
import net.berth.security.ShellWord;

/**
 * The files that the settings name. If systemd's credentials folder has a file of that name, that file is read: so one
 * settings file works for a service without rights to {@code /etc} and on a terminal. A relative path begins at the folder
 * of the settings file. No message shows a file's content.
 */
final class SecretFiles {
    /** The environment variable in which systemd names the folder of {@code LoadCredential=}. */
    static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private static final int MAX_BYTES = 64 << 10;
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

    Form<Secret> secret(SecretKind kind) {
        return new Form<>(kind.allowed, name -> kind.parse(text(name, true), word(name)));
    }

    /** Whether this user may read a file. */
    Form<Boolean> readable() {
        return new Form<>("a file", name -> Files.isReadable(find(name)));
    }

    Form<List<Secret>> hookKeys() {
        return new Form<>(SecretKind.HOOK_KEYS.allowed, name -> SecretText.hookKeys(text(name, true), word(name)));
    }

    /** The file of a private key in PEM, not encrypted; the server reads it itself. */
    Form<Path> pemKey() {
        return new Form<>("a PEM file with the certificate's private key, not encrypted", name -> {
            var text = text(name, true);
            SecretText.privateKey(text);
            if (text.contains("ENCRYPTED")) {
                throw new Form.Refused("a file with an encrypted key");
            }
            return find(name);
        });
    }

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

    Form<Path> knownHosts() {
        return new Form<>("a file in the format of OpenSSH's known_hosts", name -> {
            text(name, false);
            return find(name);
        });
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
                checkRights(file);
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
    private void checkRights(Path file) throws IOException {
        if (!credentials.isEmpty() && file.startsWith(credentials)) {
            return;
        }
        var rights = FileRights.of(file);
        rights.flatMap(one -> one.fault(FileRights.self(), file)).ifPresent(fault -> {
            throw new Form.Refused(fault);
        });
        rights.flatMap(one -> one.warning(file)).ifPresent(warnings::add);
    }

    /** Where the settings say that the file is, as a word of a command. */
    private String word(String name) {
        return ShellWord.of(folder.resolve(name).toString());
    }
}
