package net.berth.config;

import java.util.List;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.engine.EngineSettings;
import net.berth.http.ReceiverSettings;
import net.berth.nipap.NipapSettings;
import net.berth.notify.WebhookSettings;
import net.berth.proxmox.ProxmoxSettings;

/**
 * {@code berth.yaml}, read and checked: every value is usable, every secret is loaded, every file could be read.
 *
 * @param proxmox {@code proxmox:} without its intervals
 * @param engine {@code networks:} in the order of the file, at least one; {@code guests:}; cluster and intervals
 * @param webhooks {@code notify:} in the order of the file
 */
public record Settings(
        ReceiverSettings server,
        ProxmoxSettings proxmox,
        NipapSettings nipap,
        EdgeMaxSettings router,
        EngineSettings engine,
        List<WebhookSettings> webhooks) {}
