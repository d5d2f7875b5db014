using System.Buffers;
using System.Globalization;
using System.Text;

namespace Smirk.Files.Posix;

/// <summary>Names made safe to print: a name can hold newlines, terminal commands and bytes that are no text at all.</summary>
public static class ShellText
{
    private static readonly SearchValues<byte> PlainInWords =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,:@%-"u8);

    /// <summary>The same for a name that is text already.</summary>
    public static string Show(string name) => Show(Encoding.UTF8.GetBytes(name));

    /// <summary>A path as one word of a command line, to be pasted into bash, zsh or ksh.</summary>
    public static string Word(RawPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] name = [.. path.Bytes[0] == '-' ? "./"u8 : [], .. path.Bytes];
        if (name.AsSpan().IndexOfAnyExcept(PlainInWords) < 0)
            return Encoding.UTF8.GetString(name);
        return IsPlain(name) && !name.Contains((byte)'\'') ? $"'{Encoding.UTF8.GetString(name)}'" : Escaped(name);
    }

    /// <summary>A sentence that may hold names, made safe to print in one line: what a terminal would take for a command, or what turns the
    /// direction of writing round, is escaped.</summary>
    public static string OneLine(string sentence)
    {
        if (sentence.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return sentence;
        var text = new StringBuilder();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in sentence.EnumerateRunes())
        {
            if (IsShowable(rune))
                text.Append(rune.ToString());
            else
                AppendEscaped(text, bytes[..rune.EncodeToUtf8(bytes)]);
        }

        return text.ToString();
    }

    /// <summary>The name itself where it can be shown as it is, else in the $'…' form that bash, zsh and ksh read back to the same
    /// bytes.</summary>
    public static string Show(ReadOnlySpan<byte> name) => IsPlain(name) ? Encoding.UTF8.GetString(name) : Escaped(name);

    private static string Escaped(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder("$'");
        while (!name.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(name, out var rune, out var length);
            if (status == System.Buffers.OperationStatus.Done && IsShowable(rune))
                text.Append(rune.Value is '\\' or '\'' ? "\\" : "").Append(rune.ToString());
            else
                AppendEscaped(text, name[..length]);
            name = name[length..];
        }

        return text.Append('\'').ToString();
    }

    private static bool IsPlain(ReadOnlySpan<byte> name)
    {
        // Nearly all names are printable ASCII.
        if (name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0)
            return true;
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) != System.Buffers.OperationStatus.Done || !IsShowable(rune))
                return false;
            name = name[length..];
        }

        return true;
    }

    // Format characters turn the writing direction round, so that a name reads as another one.
    private static bool IsShowable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse);

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            text.Append(value switch
            {
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                // Three octal digits end by themselves; \x would swallow a hex digit that follows in some shells.
                _ => "\\" + Convert.ToString(value, 8).PadLeft(3, '0'),
            });
        }
    }
}
