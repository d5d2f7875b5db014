using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Near;

/// <summary>What is worked out about one picture before it is compared with others.</summary>
/// <param name="Picture">The picture at its working size; null where only what follows was kept.</param>
/// <param name="Question">What it might be a copy of is asked with this.</param>
/// <param name="Descriptor">Others are compared with this.</param>
internal sealed record Preparation(PreparedPicture? Picture, CopyQuestion Question, NearDescriptor Descriptor)
{
    /// <summary>Decodes a picture.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static Preparation Of(byte[] bytes, MemoryBudget memory)
    {
        var picture = PreparedPicture.Decode(bytes, memory, out var digest);
        return new Preparation(picture, CopyQuestion.Of(picture), NearDescriptor.Of(picture, digest));
    }
}
