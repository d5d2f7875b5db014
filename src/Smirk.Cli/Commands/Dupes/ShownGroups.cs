using System.Text.Json;
using Smirk.Files.Exact;
using Smirk.Files.Walk;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>What was found, by whichever search, as far as acting on it has to know.</summary>
/// <param name="Groups">The duplicates.</param>
/// <param name="Refused">What could not be looked at.</param>
/// <param name="WriteJson">Prints the search's document with something more before the counts, and more counts.</param>
internal sealed record ShownGroups(
    IReadOnlyList<DuplicateGroup> Groups, IReadOnlyList<RefusedPath> Refused, Action<Action<Utf8JsonWriter>,
        IEnumerable<KeyValuePair<string, long>>> WriteJson);
