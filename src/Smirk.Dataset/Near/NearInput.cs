namespace Smirk.Dataset.Near;

/// <summary>One file or stored picture to look for copies of.</summary>
/// <param name="Name">What the person knows it by: a path.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Modified">Last change (UTC); null when unknown.</param>
/// <param name="Read">Reads the bytes. Called from any thread, more than once.</param>
public sealed record NearInput(string Name, long Bytes, DateTime? Modified, Func<byte[]> Read)
{
    /// <summary>Whether it stays whatever is found: of a group with such a picture one of these is the keeper.</summary>
    public bool IsProtected { get; init; }
}
