using System.Buffers.Binary;
using System.Security.Cryptography;
using AdvFit.Learning.Data.Layouts;
using AdvFit.Messages;

namespace AdvFit.Learning.Data;

/// <summary>A data set with its published splits.</summary>
/// <param name="Provenance">Name, hash and notes for the results.</param>
/// <param name="Classes">Names of the classes; a label is an index into them.</param>
/// <param name="Train">The published train split.</param>
/// <param name="Test">The published test split; of the same shape.</param>
public sealed record Dataset(DataProvenance Provenance, IReadOnlyList<string> Classes, ImageSet Train, ImageSet Test)
{
    /// <summary>Shape of one image.</summary>
    public ImageShape Shape => Train.Shape;

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of a data set's contents, however they were packed. Hashed are, in this order:
    /// channels, height, width, number of train images, number of test images, each as 4 little-endian bytes; train
    /// pixels [image][channel][row][column], a byte each; train labels, a byte each; test pixels; test labels.
    /// </summary>
    public static string Hash(ImageSet train, ImageSet test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (var size in (ReadOnlySpan<int>)
            [train.Shape.Channels, train.Shape.Height, train.Shape.Width, train.Count, test.Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, size);
            hash.AppendData(number);
        }

        foreach (var set in (ReadOnlySpan<ImageSet>)[train, test])
        {
            set.Pixels.AddTo(hash);
            hash.AppendData(set.Labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The same images, of which the last ones of the pool are the published test split, as many as are wanted. Every shuffle deals
    /// the pool anew, so that it is the sizes alone that change.
    /// </summary>
    /// <exception cref="DatasetException">No train image would be left.</exception>
    internal Dataset WithTestSize(int size)
    {
        var pool = new ImageSet(Shape, PixelBytes.Join(Train.Pixels, Test.Pixels), [.. Train.Labels, .. Test.Labels]);
        var train = pool.Count - size;
        return train > 0
            ? this with
            {
                Provenance = Provenance with { Train = train, Test = size },
                Train = pool.Part(0, train),
                Test = pool.Part(train, size),
            }
            : throw new DatasetException(
                $"`test_size` asks for {size} test images, but {Provenance.Name} has {pool.Count} images in all; ask for fewer.");
    }

    internal static Dataset Of(string name, DatasetSplits splits) => new(
        new DataProvenance(
            name, splits.Train.Count, splits.Test.Count, splits.Sha256 ?? Hash(splits.Train, splits.Test), splits.Notes),
        splits.Classes, splits.Train, splits.Test);
}
