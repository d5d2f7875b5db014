namespace Smirk.Cli.Doctor;

/// <summary>One thing that Smirk needs, as the doctor found it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Ok">Whether Smirk can work with it as it is.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do; null when nothing has to be done.</param>
internal sealed record Requirement(string Name, bool Ok, string Text, string? Advice = null);
