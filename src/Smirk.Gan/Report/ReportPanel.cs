namespace Smirk.Gan.Report;

/// <summary>A part of the report that another stage brings along, such as doubtful near duplicates.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Html">Its content: safe, self-contained HTML.</param>
public sealed record ReportPanel(string Title, string Html);
