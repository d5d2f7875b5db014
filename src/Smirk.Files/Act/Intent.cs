using System.Text;
using System.Text.Json;
using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>One action as the journal has it: enough to tell afterwards how far it got, and to take it back.</summary>
/// <param name="Number">Its number in the journal.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Path">To which file.</param>
/// <param name="Identity">Which file that was.</param>
/// <param name="Aside">Where the file goes: its place in quarantine, or a name beside its own until it is removed. Null where it
/// stays.</param>
/// <param name="Keeper">The file that stays.</param>
/// <param name="KeeperIdentity">Which file that was.</param>
/// <param name="Facts">What the file has besides its bytes.</param>
internal sealed record Intent(
    int Number, ActKind Kind, RawPath Path, FileIdentity Identity, RawPath? Aside, RawPath Keeper, FileIdentity KeeperIdentity,
    SavedFacts Facts)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("n", Number);
        json.WriteString("action", Kind.ToString());
        json.WritePath("path", Path);
        WriteIdentity(json, "file", Identity);
        if (Aside is not null)
            json.WritePath("aside", Aside);
        json.WritePath("keeper", Keeper);
        WriteIdentity(json, "keeper_file", KeeperIdentity);
        json.WriteStartObject("facts");
        Facts.Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static Intent Read(JsonElement json) => new(
        json.GetProperty("n").GetInt32(),
        Enum.Parse<ActKind>(json.GetProperty("action").GetString()!),
        json.ReadPath("path")!,
        ReadIdentity(json.GetProperty("file")),
        json.ReadPath("aside"),
        json.ReadPath("keeper")!,
        ReadIdentity(json.GetProperty("keeper_file")),
        SavedFacts.Read(json.GetProperty("facts")));

    /// <summary>A name that nobody gives a file, in the folder of <paramref name="path"/>.</summary>
    public static RawPath NameBeside(RawPath path, int number) =>
        path.Folder.Combine(Encoding.ASCII.GetBytes($".smirk-{Environment.ProcessId}-{number}"));

    private static void WriteIdentity(Utf8JsonWriter json, string name, FileIdentity identity)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(identity.Device);
        json.WriteNumberValue(identity.Inode);
        json.WriteNumberValue(identity.Size);
        json.WriteNumberValue(identity.Modified);
        json.WriteNumberValue(identity.Changed);
        json.WriteEndArray();
    }

    private static FileIdentity ReadIdentity(JsonElement json) =>
        new(json[0].GetUInt64(), json[1].GetUInt64(), json[2].GetInt64(), json[3].GetInt64(), json[4].GetInt64());
}
