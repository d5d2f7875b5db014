using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smirk.Studio;

/// <summary>What the studio is started with. <c>smirk studio</c> reads it from the command line and hands it over in a variable of the
/// environment, where other people on the machine can't read the password.</summary>
public sealed record StudioOptions
{
    /// <summary>The variable that holds the options as JSON.</summary>
    public const string Variable = "SMIRK_STUDIO_OPTIONS";

    /// <summary>The workspace's folder.</summary>
    public required string Workspace { get; init; }

    /// <summary>The port, 1–65535; 0 for one that is free.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen at: an IP address of this machine.</summary>
    public required string Listen { get; init; }

    /// <summary>What has to be said before anything is shown; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whether a browser is opened.</summary>
    public required bool OpensBrowser { get; init; }

    /// <summary>Whether the address is printed as a JSON document.</summary>
    public bool PrintsJson { get; init; }

    /// <summary>Whether nothing but the address is printed.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The program that trains and shares: <c>smirk</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Where thumbnails are kept; they can be made again.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Whether only this machine can reach it.</summary>
    [JsonIgnore]
    public bool IsLocal => IPAddress.TryParse(Listen, out var address) && IPAddress.IsLoopback(address);

    /// <summary>Takes the options out of the environment, so that no program that is started from here gets the password; null where it
    /// holds none.</summary>
    /// <exception cref="JsonException">They are damaged.</exception>
    public static StudioOptions? TakeFromEnvironment()
    {
        var json = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize(json, StudioOptionsJson.Default.StudioOptions);
    }
}

/// <summary>Reading of the options, without reflection.</summary>
[JsonSerializable(typeof(StudioOptions))]
internal sealed partial class StudioOptionsJson : JsonSerializerContext;
