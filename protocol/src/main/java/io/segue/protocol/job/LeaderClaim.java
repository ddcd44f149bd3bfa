package io.segue.protocol.job;

/**
 * {@code leader/{epoch}.json}: of all coordinators that wrote one, that of the highest epoch leads.
 *
 * @param epoch from 1
 * @param coordinator id of the claimant
 * @param api base URL of its API, for people and commands
 * @param at epoch milliseconds
 */
public record LeaderClaim(int version, int epoch, String coordinator, String api, long at) {}
