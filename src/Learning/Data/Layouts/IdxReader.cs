using System.Buffers.Binary;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>
/// Reader of the IDX format of MNIST (LeCun, Cortes, Burges): big-endian magic number and dimensions, then unsigned bytes.
/// </summary>
internal static class IdxReader
{
    private const uint ImagesMagic = 0x0803;
    private const uint LabelsMagic = 0x0801;
    private const int ImagesHeader = 16;
    private const int LabelsHeader = 8;

    /// <summary>Decodes grey-scale images and their labels.</summary>
    /// <param name="images">An IDX file of three dimensions: images, rows, columns.</param>
    /// <param name="labels">An IDX file of one dimension, a label per image.</param>
    /// <param name="classes">Number of classes; every label must be below.</param>
    /// <exception cref="DatasetException">
    /// A file is truncated, too long, or of the other kind; a label is no class; the counts differ.
    /// </exception>
    public static ImageSet Decode(DataFile images, DataFile labels, int classes)
    {
        var dimensions = ReadDimensions(images, ImagesMagic, ImagesHeader);
        var (count, height, width) = (dimensions[0], dimensions[1], dimensions[2]);
        var labelCount = ReadDimensions(labels, LabelsMagic, LabelsHeader)[0];
        if (labelCount != count)
        {
            throw DatasetException.At(
                labels.Path, 4, $"{labelCount} labels for the {count} images of {images.Path}",
                "the two files do not belong together: replace one of them");
        }

        var wrong = labels.Contents.AsSpan(LabelsHeader).IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
        {
            var at = LabelsHeader + wrong;
            throw DatasetException.At(
                labels.Path, at, $"label {labels.Contents[at]}, where labels are 0 to {classes - 1}", DataFile.Replace);
        }

        return new ImageSet(
            new ImageShape(1, height, width), images.Contents[ImagesHeader..], labels.Contents[LabelsHeader..]);
    }

    /// <summary>The dimensions of a file, whose length must be what they say.</summary>
    private static int[] ReadDimensions(DataFile file, uint expectedMagic, int headerLength)
    {
        var contents = file.Contents.AsSpan();
        if (contents.Length < 4)
        {
            throw DatasetException.At(file.Path, contents.Length, "the file ends within its magic number", DataFile.Replace);
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(contents);
        if (magic != expectedMagic)
        {
            throw WrongMagic(file, magic, expectedMagic);
        }

        if (contents.Length < headerLength)
        {
            throw DatasetException.At(file.Path, contents.Length, "the file ends within its header", DataFile.Replace);
        }

        var dimensions = new int[(headerLength / 4) - 1];
        long expectedLength = 1;
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(contents[(4 * (i + 1))..]);
            if (dimensions[i] <= 0 || expectedLength * dimensions[i] > int.MaxValue - headerLength)
            {
                throw DatasetException.At(
                    file.Path, 4 * (i + 1), $"a dimension of {dimensions[i]} is impossible", DataFile.Replace);
            }

            expectedLength *= dimensions[i];
        }

        CheckLength(file, headerLength + expectedLength);
        return dimensions;
    }

    private static DatasetException WrongMagic(DataFile file, uint magic, uint expectedMagic)
    {
        var expected = expectedMagic == ImagesMagic ? "images" : "labels";
        return magic is ImagesMagic or LabelsMagic
            ? DatasetException.At(
                file.Path, 0, $"the file holds {(magic == ImagesMagic ? "images" : "labels")}, its name says {expected}",
                "the images and labels files are mixed up: exchange them")
            : DatasetException.At(
                file.Path, 0, $"magic number {magic:x8}, where an IDX file of {expected} has {expectedMagic:x8}",
                DataFile.Replace);
    }

    private static void CheckLength(DataFile file, long expected)
    {
        var length = file.Contents.Length;
        if (length < expected)
        {
            throw DatasetException.At(
                file.Path, length, $"the file is truncated: its header announces {expected} bytes", DataFile.Replace);
        }

        if (length > expected)
        {
            throw DatasetException.At(
                file.Path, expected, $"{length - expected} bytes follow the last item", DataFile.Replace);
        }
    }
}
