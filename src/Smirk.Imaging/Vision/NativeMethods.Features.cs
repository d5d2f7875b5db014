using System.Runtime.InteropServices;

namespace Smirk.Imaging.Vision;

/// <summary>features.cpp's exports. Each returns 0 or a status that <see cref="VisionNative.Check"/> turns into an exception.</summary>
internal static partial class FeatureMethods
{
    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_orb(byte* grey, int width, int height, int max, int fastThreshold, float* points, byte* descriptors, out int count);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_homography(float* from, float* to, int count, double tolerance, double* homography, byte* inliers, out int found);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_similarity(float* from, float* to, int count, double tolerance, double* affine, byte* inliers, out int found);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_warp(byte* pixels, int width, int height, int channels, double* homography, int width2, int height2, byte* result);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_resize(byte* pixels, int width, int height, int channels, int width2, int height2, byte* result);
}
