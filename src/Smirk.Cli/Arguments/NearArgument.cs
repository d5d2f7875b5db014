using System.CommandLine;
using Smirk.Dataset.Near;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary><c>--near off|careful|normal</c>.</summary>
internal static class NearArgument
{
    /// <summary>Builds the option.</summary>
    public static Option<string> Option() => new("--near")
    {
        Description = "drop near duplicates: other sizes, re-compressed, cropped; careful drops only clear cases",
        DefaultValueFactory = _ => "normal",
        HelpName = "off|careful|normal",
    };

    /// <summary>Understands its value.</summary>
    /// <exception cref="UsageException">It is none of the three.</exception>
    public static NearOptions Read(string value) => new()
    {
        Care = value switch
        {
            "off" => NearCare.Off,
            "careful" => NearCare.Careful,
            "normal" => NearCare.Normal,
            _ => throw new UsageException($"--near {value}: expected off, careful or normal."),
        },
    };
}
