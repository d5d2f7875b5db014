namespace Smirk.Gan.Train;

/// <summary>Collects choices while a plan is made.</summary>
internal sealed class Choices
{
    /// <summary>The reason for what a person set.</summary>
    public const string Asked = "asked for";

    private readonly List<Choice> _all = [];

    /// <summary>All choices so far.</summary>
    public IReadOnlyList<Choice> All => _all;

    /// <summary>Notes a choice.</summary>
    public void Add(string name, string value, string reason) => Add(new Choice(name, value, reason));

    /// <summary>Notes a choice.</summary>
    public void Add(Choice choice) => _all.Add(choice);

    /// <summary>What the person asked for, or else <paramref name="chosen"/>; notes which, and why.</summary>
    public T Take<T>(string name, T? asked, T chosen, string reason)
        where T : struct
    {
        var value = asked ?? chosen;
        Add(name, FormattableString.Invariant($"{value}"), asked is null ? reason : Asked);
        return value;
    }
}
