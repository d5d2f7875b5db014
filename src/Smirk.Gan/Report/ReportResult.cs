namespace Smirk.Gan.Report;

/// <summary>What was written.</summary>
/// <param name="Path">The page.</param>
public sealed record ReportResult(string Path);
