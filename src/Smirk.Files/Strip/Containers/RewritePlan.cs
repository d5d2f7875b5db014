namespace Smirk.Files.Strip.Containers;

/// <summary>A run of bytes of the new file: a range of the old one, or new bytes.</summary>
/// <param name="Offset">Where in the old file; not used when <paramref name="Literal"/> is there.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Literal">The new bytes; null for a range of the old file.</param>
/// <remarks>A class: lists of it are in the base library's precompiled code, lists of our own structs are compiled while the program
/// runs.</remarks>
internal sealed record Piece(long Offset, long Length, byte[]? Literal);

/// <summary>What the new file consists of and what is left out: decided in full before a byte is written.</summary>
internal sealed class RewritePlan(ByteSource source)
{
    // A real picture has a few dozen. What has this many is made to fill memory.
    private const int MostPieces = 1_000_000;

    private readonly List<Piece> _pieces = [];
    private readonly List<StrippedPart> _removed = [];

    /// <summary>The new file, in order; neighbouring ranges are one piece.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>What goes, in the order of first sight.</summary>
    public IReadOnlyList<StrippedPart> Removed =>
        _removed.Count == 0 && !ChangesNothing ? [new StrippedPart("wrong sizes and flags", 0)] : _removed;

    /// <summary>The new file's size in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a gain map is among what stays.</summary>
    public bool KeepsGainMap { get; set; }

    /// <summary>Whether the new file is the old one.</summary>
    public bool ChangesNothing => _pieces is [{ Literal: null, Offset: 0 } only] && only.Length == source.Length;

    /// <summary>Takes a range of the old file over.</summary>
    public void Keep(long offset, long length)
    {
        if (length == 0)
            return;
        Length += length;
        if (_pieces is [.., { Literal: null } last] && last.Offset + last.Length == offset)
            _pieces[^1] = last with { Length = last.Length + length };
        else
            Add(new Piece(offset, length, null));
    }

    /// <summary>Leaves <paramref name="bytes"/> bytes out, and says what they are.</summary>
    public void Remove(string name, long bytes)
    {
        if (bytes == 0)
            return;
        var at = _removed.FindIndex(part => part.Name == name);
        if (at < 0)
            _removed.Add(new StrippedPart(name, bytes));
        else
            _removed[at] = _removed[at] with { Bytes = _removed[at].Bytes + bytes };
    }

    /// <summary>Puts <paramref name="literal"/> where a range of the old file is, which is kept when it is the same already.
    /// <paramref name="name"/> says what goes with the rest of it.</summary>
    public void Replace(long offset, long length, byte[] literal, string name)
    {
        if (length == literal.Length && source.Read(offset, literal.Length).SequenceEqual(literal))
        {
            Keep(offset, length);
            return;
        }

        Remove(name, Math.Max(1, length - literal.Length));
        Insert(literal);
    }

    /// <summary>Corrects a few bytes, such as sizes and flags, which says nothing about what was removed.</summary>
    public void Correct(long offset, byte[] literal) => Exchange(offset, literal.Length, literal);

    /// <summary>Puts <paramref name="literal"/> where a range of the old file is, which is kept when it is the same already; says
    /// nothing about what was removed.</summary>
    public void Exchange(long offset, long length, byte[] literal)
    {
        if (length == literal.Length && source.Read(offset, literal.Length).SequenceEqual(literal))
            Keep(offset, length);
        else
            Insert(literal);
    }

    /// <summary>Goes on with what <paramref name="other"/> consists of, and leaves out what it leaves out.</summary>
    public void Append(RewritePlan other)
    {
        foreach (var piece in other._pieces)
        {
            if (piece.Literal is { } literal)
                Insert(literal);
            else
                Keep(piece.Offset, piece.Length);
        }

        foreach (var part in other._removed)
            Remove(part.Name, part.Bytes);
    }

    /// <summary>The new file in memory.</summary>
    public byte[] ToArray()
    {
        var result = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        var at = 0;
        foreach (var piece in _pieces)
        {
            var bytes = piece.Literal ?? source.Read(piece.Offset, (int)piece.Length);
            bytes.CopyTo(result.AsSpan(at));
            at += bytes.Length;
        }

        return result;
    }

    /// <summary>Adds bytes that the old file doesn't have.</summary>
    public void Insert(byte[] literal)
    {
        Length += literal.Length;
        Add(new Piece(0, literal.Length, literal));
    }

    private void Add(Piece piece)
    {
        if (_pieces.Count == MostPieces)
            throw new UnstrippableException($"more than {MostPieces} separate parts, which no real picture has");
        _pieces.Add(piece);
    }
}
