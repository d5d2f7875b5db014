using System.Collections.Concurrent;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>Files with the same pixels: which of them shows and tells the most, and which of the others show all that one does.</summary>
/// <param name="inputs">The files that the numbers are places in.</param>
/// <param name="memory">What a person said of them, and what earlier searches saw.</param>
internal sealed class Twins(IReadOnlyList<NearInput> inputs, NearMemory memory)
{
    private readonly ConcurrentDictionary<int, Richness> _known = new();

    /// <summary>Whether a file stays whatever is found.</summary>
    public bool Stays(int input) => inputs[input].IsProtected || memory.IsKept(input);

    /// <summary>Why a file that <see cref="Stays"/> does.</summary>
    public Reason WhyItStays(int input) => Reason.Of(inputs[input].IsProtected ? KeeperReason.Protected : KeeperReason.Chosen);

    /// <summary>The one to keep: a protected one, otherwise by what it shows, by what it tells, by age.</summary>
    /// <param name="twins">At least one.</param>
    public int Best(IEnumerable<int> twins)
    {
        var all = twins.ToList();
        return all.Count == 1 ? all[0] : all.Aggregate((best, next) => IsBetter(next, best) ? next : best);
    }

    /// <summary>The twins as a group.</summary>
    public NearGroup Group(IReadOnlyList<int> twins)
    {
        var keeper = Best(twins);
        if (Stays(keeper))
            return new NearGroup(keeper, [WhyItStays(keeper)], Of(twins, keeper));
        return new NearGroup(
            keeper, KeeperReasons.OfTwins(Of(keeper), [.. twins.Where(i => i != keeper).Select(Of)]), Of(twins, keeper));
    }

    /// <summary>The others as members of a group: exact copies, where they show all that the keeper does.</summary>
    public List<NearMember> Of(IReadOnlyList<int> twins, int keeper) =>
    [
        .. twins.Where(i => i != keeper).Select(i => new NearMember(
            i, Of(i).CompareShown(Of(keeper)) == 0 && Of(i).Shown == Of(keeper).Shown ? NearKind.Exact : NearKind.ReEncode, 1, null)),
    ];

    // Of equals the first stays.
    private bool IsBetter(int one, int other)
    {
        if (Stays(one) != Stays(other))
            return Stays(one);
        var (a, b) = (Of(one), Of(other));
        if (a.CompareShown(b) is var shown and not 0)
            return shown > 0;
        if (a.Told.CompareTo(b.Told) is var told and not 0)
            return told > 0;
        return (inputs[one].Modified ?? DateTime.MaxValue) < (inputs[other].Modified ?? DateTime.MaxValue);
    }

    private Richness Of(int input) => _known.GetOrAdd(input, Look);

    private Richness Look(int input)
    {
        try
        {
            Richness Read() => Richness.Of(inputs[input].Read());
            return memory.Facts is { } facts ? facts.Richness(input, Read) : Read();
        }
        catch (Exception error)
            when (error is UnusablePictureException or UnusableInputException or IOException or UnauthorizedAccessException)
        {
            return Richness.None;
        }
    }
}
