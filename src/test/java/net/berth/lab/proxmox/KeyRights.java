package net.berth.lab.proxmox;

import java.util.List;
import java.util.Map;
import net.berth.model.GuestType;

/** Which right each config key needs when the token writes it. */
final class KeyRights {
    private final Acl acl;
    private final Formats formats;
    private final LabGuest guest;

    KeyRights(Acl acl, Formats formats, LabGuest guest) {
        this.acl = acl;
        this.formats = formats;
        this.guest = guest;
    }

    void require(String key, String value) {
        boolean vm = guest.type == GuestType.QEMU;
        if (key.equals("hookscript")) {
            throw vm
                    ? ApiFailure.die("only root can set 'hookscript' config")
                    : ApiFailure.status(403, "changing the hookscript is only allowed for root@pam");
        }
        if (key.matches("net\\d+")) {
            need("VM.Config.Network");
            bridge(guest.get(key));
            bridge(value);
        } else if (key.matches("ipconfig\\d+|nameserver|searchdomain") && vm) {
            need("VM.Config.Cloudinit", "VM.Config.Network");
        } else if (key.matches("nameserver|searchdomain|hostname")) {
            need("VM.Config.Network");
        } else if (key.startsWith("ci") || key.equals("sshkeys")) {
            need("VM.Config.Cloudinit");
        } else {
            need("VM.Config.Options");
        }
    }

    private void need(String... anyOf) {
        acl.requireOnGuest(guest.vmid, guest.pool(), List.of(anyOf));
    }

    /** Both the bridge that the NIC leaves and the one it goes to, even where they are one. */
    private void bridge(String net) {
        if (net.isEmpty()) {
            return;
        }
        Map<String, String> fields = guest.type == GuestType.QEMU ? formats.qemuNet(net) : formats.lxcNet(net);
        String bridge = fields.getOrDefault("bridge", "");
        if (!bridge.isEmpty()) {
            String tag = fields.getOrDefault("tag", "");
            acl.require("/sdn/zones/localnetwork/" + bridge + (tag.isEmpty() ? "" : "/" + tag), "SDN.Use");
        }
    }
}
