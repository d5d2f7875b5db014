using System.CommandLine;
using Smirk.Dataset.Damage;

namespace Smirk.Cli.Arguments;

/// <summary><c>--drop damaged</c>: what becomes of pictures that decode, but perhaps not to what they were.</summary>
internal static class DropDamagedArgument
{
    /// <summary>The option; read it with <see cref="Read"/>.</summary>
    public static Option<string?> Option()
    {
        var option = new Option<string?>("--drop")
        {
            Description = "damaged: drop pictures that decode with signs of damage; without it they stay and the report shows them",
            HelpName = DamageDoubts.Kind,
        };
        option.AcceptOnlyFromAmong(DamageDoubts.Kind);
        return option;
    }

    /// <summary>Whether they go.</summary>
    public static bool Read(string? text) => text == DamageDoubts.Kind;
}
