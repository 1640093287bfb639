package net.berth.edgemax.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.security.Secret;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** Client keys as ssh-keygen makes them. */
final class Keys {
    /** How a key is made and kept. */
    record Kind(int type, int bits, boolean openSsh, String passphrase) {}

    static final Kind ED25519 = new Kind(KeyPair.ED25519, 256, true, "");
    static final Kind ECDSA_PEM = new Kind(KeyPair.ECDSA, 256, false, "");
    static final Kind ECDSA_OPENSSH = new Kind(KeyPair.ECDSA, 521, true, "");
    static final Kind RSA_PEM = new Kind(KeyPair.RSA, 2048, false, "");
    static final Kind RSA_OPENSSH = new Kind(KeyPair.RSA, 3072, true, "");

    private Keys() {}

    /** A login with a new key that the router lets in. */
    static EdgeMaxSettings.Login login(Path folder, EdgeOs edge, Kind kind) throws Exception {
        Path file = write(folder, kind);
        edge.acceptKey(AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(open(file)))
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
        return new EdgeMaxSettings.Login.Key(Secret.of(Files.readString(file)));
    }

    /** A new key's file; its public half is beside it. */
    static Path write(Path folder, Kind kind) throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), kind.type(), kind.bits());
        Path file = Files.createTempFile(folder, "key", "");
        byte[] passphrase =
                kind.passphrase().isEmpty() ? null : kind.passphrase().getBytes(StandardCharsets.UTF_8);
        if (kind.openSsh()) {
            pair.writeOpenSSHv1PrivateKey(file.toString(), passphrase);
        } else {
            pair.writePrivateKey(file.toString(), passphrase);
        }
        pair.writePublicKey(open(file).toString(), "berth");
        return file;
    }

    static Path open(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }
}
