namespace Smirk.Workspace.Catalog;

/// <summary>What the catalog knows of a training run; the rest is in its folder.</summary>
/// <param name="Number">The run's number: runs/0001 is 1.</param>
/// <param name="Recipe">Such as "dcgan".</param>
/// <param name="Pack">The fingerprint of the pack that it trains on.</param>
/// <param name="Started">When it was started first.</param>
/// <param name="State">running, done, stopped, failed.</param>
/// <param name="Kimg">Thousands of pictures shown so far.</param>
public sealed record RunRow(int Number, string Recipe, string Pack, DateTimeOffset Started, string State, double Kimg);
