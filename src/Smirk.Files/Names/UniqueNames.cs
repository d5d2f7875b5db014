namespace Smirk.Files.Names;

/// <summary>Keeps names apart that look the same: the second "a.png" becomes "a (2).png". Given the same names in the same order, it gives
/// the same ones.</summary>
public sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // Thousands of members of one name must not be counted through for each.
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The name, or the next one like it that is free.</summary>
    public string Take(string name)
    {
        if (_taken.Add(name))
            return name;
        var dot = name.LastIndexOf('.');
        var at = dot > name.LastIndexOf('/') + 1 ? dot : name.Length;
        var number = _counts.GetValueOrDefault(name, 1);
        string free;
        do
            free = $"{name[..at]} ({++number}){name[at..]}";
        while (!_taken.Add(free));
        _counts[name] = number;
        return free;
    }
}
