using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>Imagenette: photographs of ten classes of ImageNet (Howard 2019, https://github.com/fastai/imagenette).</summary>
internal static class Imagenette
{
    private const string Archive = "imagenette2-320.tgz";

    public static KnownDataset Dataset { get; } = new(
        "imagenette",
        "9,469 + 3,925 photographs of ten classes of ImageNet (Howard; ImageNet's terms: research only)",
        new PhotographLayout(Archive),
        Shape: null,
        Train: 9_469,
        Test: 3_925,
        // In the order of their folders, n01440764 to n03888257.
        [
            "tench", "English springer", "cassette player", "chain saw", "church", "French horn", "garbage truck", "gas pump",
            "golf ball", "parachute",
        ],
        Files: [],
        Downloads:
        [
            // MD5 3df6f0d01a2c9592104656642f5e78a3, as torchvision has it; the SHA-256 is TensorFlow Datasets'.
            new(Archive, 341_663_724, "569b4497c98db6dd29f335d1f109cf315fe127053cedf69010d047f0188e158c"),
        ],
        Mirrors: ["https://s3.amazonaws.com/fast-ai-imageclas/"]);
}
