using System.Runtime.InteropServices;

namespace Smirk.Imaging.Vision;

// features.cpp.
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_vision_orb")]
    internal static partial int Orb(
        byte* grey, int width, int height, int max, int fastThreshold, float* points, byte* descriptors, out int count);

    [LibraryImport(Library, EntryPoint = "smirk_vision_homography")]
    internal static partial int FitHomography(
        float* from, float* to, int count, double tolerance, double* homography, byte* inliers, out int found);

    [LibraryImport(Library, EntryPoint = "smirk_vision_similarity")]
    internal static partial int FitSimilarity(
        float* from, float* to, int count, double tolerance, double* affine, byte* inliers, out int found);

    [LibraryImport(Library, EntryPoint = "smirk_vision_warp")]
    internal static partial int Warp(
        byte* pixels, int width, int height, int channels, double* homography, int width2, int height2, byte* result);

    [LibraryImport(Library, EntryPoint = "smirk_vision_resize")]
    internal static partial int Resize(byte* pixels, int width, int height, int channels, int width2, int height2, byte* result);
}
