namespace Smirk.Files.Archives;

/// <summary>Reads a member whole, whatever its header said about its length.</summary>
internal static class BoundedReader
{
    /// <summary>All bytes of <paramref name="stream"/>.</summary>
    /// <exception cref="InvalidDataException">It gives more or fewer than <paramref name="size"/>.</exception>
    public static byte[] ReadExactly(Stream stream, long size)
    {
        var bytes = new byte[size];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new InvalidDataException($"it should have {size} bytes and {read} are there");
        return stream.ReadByte() < 0 ? bytes : throw new InvalidDataException($"it has more than the {size} bytes that the archive says");
    }
}
