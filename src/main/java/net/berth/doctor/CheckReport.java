package net.berth.doctor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A result with the check that found it: {@code clock} of {@code proxmox}, for example. */
public record CheckReport(
        String system, String check, @JsonUnwrapped CheckResult result) {}
