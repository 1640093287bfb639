package net.berth.lab.proxmox;

import java.util.Map;

/**
 * What a person at a guest's console would see.
 *
 * @param up whether its system runs
 * @param boots how often it booted
 * @param instances how often cloud-init's per-instance modules ran (new SSH host keys each time)
 * @param addresses the IPv4 address of each NIC that has one, by {@code netN}
 */
public record MachineView(boolean up, int boots, int instances, Map<String, String> addresses) {}
