package net.berth.proxmox;

import net.berth.security.Secret;

/** An API token of Proxmox: {@code USER@REALM!TOKENID}, and its UUID. */
public record ApiToken(String id, Secret secret) {

    /** Throws IllegalArgumentException for what cannot be sent in the header. */
    public ApiToken {
        if (!id.matches("[^\\s@!=:]+@[^\\s@!=:]+![A-Za-z][A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("\"" + id + "\" is no token id such as berth@pve!berth");
        }
        if (!secret.reveal().matches("[\\x21-\\x7E]+")) {
            throw new IllegalArgumentException(
                    "the secret of the token " + id + " is empty or has characters that no token has");
        }
    }

    /** The value of the {@code Authorization} header (pve-http-server {@code PVE::APIServer::AnyEvent}). */
    public String header() {
        return "PVEAPIToken=" + id + "=" + secret.reveal();
    }

    @Override
    public String toString() {
        return "ApiToken[" + id + "]";
    }
}
