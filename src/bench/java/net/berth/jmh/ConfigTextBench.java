package net.berth.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.TimeUnit;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.NetText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The config of one guest as Proxmox answers it: from its JSON to the texts of its NIC. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConfigTextBench {
    private static final String CONFIG = """
            {"name":"web","cores":4,"memory":"4096","boot":"order=scsi0;net0","ostype":"l26","onboot":1,"agent":"1",
             "net0":"virtio=BC:24:11:00:01:02,bridge=vmbr0,firewall=1,tag=30","ipconfig0":"ip=10.10.1.5/18,gw=10.10.0.1",
             "ide2":"local:vm-101-cloudinit,media=cdrom","scsi0":"local-lvm:vm-101-disk-0,size=32G","scsihw":"virtio-scsi-single",
             "smbios1":"uuid=0d6f1a52-1f3c-4b61-9d54-5a5f5e6a7b8c","hookscript":"local:snippets/berth-hook","tags":"prod;web",
             "digest":"9f0d3a5b7c1e2f4a6b8c0d1e2f3a4b5c6d7e8f90","vmgenid":"6a1cbd39-7d3b-4c55-a6b1-2d2f3b7f6f11"}""";
    private JsonNode data;

    /** Reads the JSON once: that is Jackson's part. */
    @Setup
    public void read() throws JsonProcessingException {
        data = new ObjectMapper().readTree(CONFIG);
    }

    /** All that is read of a VM's config. */
    @Benchmark
    public NicConfig vm() {
        GuestConfig config = GuestConfig.of(GuestType.QEMU, data);
        NetText net = NetText.ofVm(config.nets().get(0));
        if (net.mac().isEmpty() || config.uuid().isEmpty() || !config.cloudInit()) {
            throw new IllegalStateException("the config reads otherwise");
        }
        return IpConfig.parse(config.get("ipconfig0")).nicConfig();
    }
}
