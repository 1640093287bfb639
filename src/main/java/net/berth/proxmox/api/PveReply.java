package net.berth.proxmox.api;

/**
 * An HTTP answer as it came.
 *
 * @param status the status code
 * @param reason the reason phrase
 * @param body the whole body
 * @param date the {@code Date} header; empty when there is none
 */
record PveReply(int status, String reason, String body, String date) {}
