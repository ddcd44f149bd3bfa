package io.segue.coordinator.scan;

import io.segue.protocol.mapping.MappingDocument;

/**
 * What a scan found.
 *
 * @param mapping of every target partition that is scanned without a problem
 */
public record Scan(MappingDocument mapping, ScanReport report) {}
