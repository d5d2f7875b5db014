using Smirk.Music.Compose;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Music.Tests.Midi;

public sealed class MutatedFilesTests
{
    [Fact]
    public void Four_hundred_mutated_files_are_read_or_refused_and_crash_nothing()
    {
        var originals = TunePile.Files(8, i => i).Select(file => file.Bytes).ToArray();
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var file = Mutated(originals[i % originals.Length], new Random(i));
            try
            {
                RollCutter.Cut(MidiReader.Read(file), RollCut.Usual);
            }
            catch (UnusableTuneException error)
            {
                Assert.NotEmpty(error.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 50, 399);
    }

    // Some bytes changed, a part doubled, the end cut off, or a number made huge.
    private static byte[] Mutated(byte[] file, Random random)
    {
        var bytes = file.ToArray();
        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[Math.Max(0, at - 50)..]];
            case 2:
                bytes.AsSpan(at, Math.Min(4, bytes.Length - at)).Fill(0xFF);
                return bytes;
            default:
                for (var i = 0; i < 10; i++)
                    bytes[random.Next(3) == 0 ? random.Next(30) : random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
        }
    }
}
