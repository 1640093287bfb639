package net.berth.doctor;

/**
 * A result with the check that found it.
 *
 * @param system the system's word, such as {@code proxmox}
 * @param check the check's name, such as {@code clock}
 * @param result what it found
 */
public record CheckReport(String system, String check, CheckResult result) {}
