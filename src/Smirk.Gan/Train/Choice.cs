namespace Smirk.Gan.Train;

/// <summary>One setting of a run: its value and why it has that value.</summary>
/// <param name="Name">As the command line spells it, without dashes.</param>
/// <param name="Value">As a person reads it.</param>
/// <param name="Reason">"asked for", or what it was derived from.</param>
public sealed record Choice(string Name, string Value, string Reason);
