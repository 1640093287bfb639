package net.berth.engine.check;

/**
 * One line of an examination.
 *
 * @param system which system
 * @param check which check
 * @param finding what it found
 */
public record Result(String system, String check, Finding finding) {}
