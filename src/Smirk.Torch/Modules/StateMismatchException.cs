using Smirk.Torch.Tensors;

namespace Smirk.Torch.Modules;

/// <summary>A state doesn't belong to the network: names are missing, left over, or of another shape.</summary>
public sealed class StateMismatchException(string message) : Exception(message)
{
    /// <summary>Throws when <paramref name="state"/> hasn't exactly the names and shapes of <paramref name="own"/>.</summary>
    internal static void ThrowIfDifferent(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> state)
    {
        var problems = new List<string>();
        Add(problems, "missing", own.Keys.Where(name => !state.ContainsKey(name)));
        Add(problems, "unexpected", state.Keys.Where(name => !own.ContainsKey(name)));
        Add(problems, "wrong shape",
            own.Where(entry => state.TryGetValue(entry.Key, out var other) && !other.Shape.SequenceEqual(entry.Value.Shape))
            .Select(
                entry =>
                $"{entry.Key} is [{string.Join(", ", state[entry.Key].Shape)}], expected [{string.Join(", ", entry.Value.Shape)}]"));
        if (problems.Count > 0)
            throw new StateMismatchException($"The weights don't fit the network: {string.Join("; ", problems)}");
    }

    // The first few tell what went wrong; a whole network's worth of names doesn't fit a line.
    private static void Add(List<string> problems, string kind, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count > 0)
            problems.Add($"{kind}: {string.Join(", ", all.Take(5))}{(all.Count > 5 ? $" and {all.Count - 5} more" : "")}");
    }
}
