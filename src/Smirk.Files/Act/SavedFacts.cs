using System.Text;
using System.Text.Json;
using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>What a file has besides its bytes: permissions, owner, times and extended attributes (access lists among them), to be put back
/// with them.</summary>
internal sealed unsafe record SavedFacts(
    uint Mode, uint User, uint Group, long Accessed, long Modified, IReadOnlyList<(string Name, byte[] Value)> Attributes)
{
    private const uint PermissionBits = 0xFFF;
    private const int LargestAttribute = 64 * 1024;

    /// <summary>What the open file has.</summary>
    public static SavedFacts Of(Descriptor file)
    {
        ref readonly var status = ref file.Status;
        return new SavedFacts(
            status.Mode & PermissionBits, status.User, status.Group, status.Accessed, status.Identity.Modified, AttributesOf(file.Value));
    }

    /// <summary>Gives it to another open file. Owner and attributes only as far as this user may: the bytes matter more. 0 or errno of what
    /// must succeed.</summary>
    public void ApplyTo(Descriptor file)
    {
        _ = NativeMethods.ChangeOwner(file.Value, User, Group);
        _ = NativeMethods.ChangeMode(file.Value, Mode);
        foreach (var (name, value) in Attributes)
        {
            fixed (byte* key = Encoding.UTF8.GetBytes(name + "\0"), content = value)
                _ = NativeMethods.SetAttribute(file.Value, key, content, (nuint)value.Length, 0);
        }

        var times = stackalloc TimeSpecification[2];
        times[0] = Time(Accessed);
        times[1] = Time(Modified);
        _ = NativeMethods.ChangeTimes(file.Value, times);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("mode", Mode);
        json.WriteNumber("user", User);
        json.WriteNumber("group", Group);
        json.WriteNumber("accessed", Accessed);
        json.WriteNumber("modified", Modified);
        if (Attributes.Count == 0)
            return;
        json.WriteStartObject("attributes");
        foreach (var (name, value) in Attributes)
            json.WriteBase64String(name, value);
        json.WriteEndObject();
    }

    public static SavedFacts Read(JsonElement json) => new(
        json.GetProperty("mode").GetUInt32(),
        json.GetProperty("user").GetUInt32(),
        json.GetProperty("group").GetUInt32(),
        json.GetProperty("accessed").GetInt64(),
        json.GetProperty("modified").GetInt64(),
        json.TryGetProperty("attributes", out var attributes)
            ? [.. attributes.EnumerateObject().Select(a => (a.Name, a.Value.GetBytesFromBase64()))] : []);

    private static List<(string Name, byte[] Value)> AttributesOf(int descriptor)
    {
        var found = new List<(string, byte[])>();
        var buffer = new byte[LargestAttribute];
        int length;
        fixed (byte* names = buffer)
            length = (int)NativeMethods.ListAttributes(descriptor, names, (nuint)buffer.Length);
        if (length <= 0)
            return found;
        foreach (var name in Encoding.UTF8.GetString(buffer, 0, length).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            fixed (byte* key = Encoding.UTF8.GetBytes(name + "\0"), into = buffer)
            {
                var size = (int)NativeMethods.GetAttribute(descriptor, key, into, (nuint)buffer.Length);
                if (size >= 0)
                    found.Add((name, buffer[..size]));
            }
        }

        return found;
    }

    private static TimeSpecification Time(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, 1_000_000_000);
        return rest < 0 ? new()
        {
            Seconds = seconds - 1,
            Nanoseconds = rest + 1_000_000_000
        } : new()
        {
            Seconds = seconds,
            Nanoseconds = rest,
        };
    }
}
