using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using AdvFit.Learning.Data;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.Data;

/// <summary>Small files in the published formats, and data sets in memory.</summary>
internal static class Samples
{
    public static byte[] Gzip(byte[] contents)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(contents);
        }

        return compressed.ToArray();
    }

    /// <summary>An IDX file of images of 2 x 3 pixels, whose pixels count up from 0.</summary>
    public static byte[] IdxImages(int count)
    {
        var file = new byte[16 + (count * 6)];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x0803);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), 2);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), 3);
        for (var i = 16; i < file.Length; i++)
        {
            file[i] = (byte)(i - 16);
        }

        return file;
    }

    public static byte[] IdxLabels(params byte[] labels)
    {
        byte[] file = [0, 0, 8, 1, 0, 0, 0, 0, .. labels];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), labels.Length);
        return file;
    }

    /// <summary>A CIFAR-10 file of one record per label; all pixels of a record are 10 times its label, its first 255.</summary>
    public static byte[] CifarBatch(params byte[] labels)
    {
        var file = new byte[labels.Length * 3073];
        for (var i = 0; i < labels.Length; i++)
        {
            var record = file.AsSpan(i * 3073, 3073);
            record.Fill((byte)(10 * labels[i]));
            (record[0], record[1]) = (labels[i], 255);
        }

        return file;
    }

    /// <summary>The six files of CIFAR-10, with 2 train images per file (labels 0, 1, 2, ..) and 3 test images.</summary>
    public static Dictionary<string, byte[]> CifarFiles()
    {
        var files = Enumerable.Range(0, 5).ToDictionary(
            batch => $"data_batch_{batch + 1}.bin", batch => CifarBatch((byte)(2 * batch), (byte)((2 * batch) + 1)));
        files["test_batch.bin"] = CifarBatch(9, 8, 7);
        return files;
    }

    public static byte[] CifarArchive()
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, contents) in CifarFiles())
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}")
                {
                    DataStream = new MemoryStream(contents),
                });
            }
        }

        return archive.ToArray();
    }

    /// <summary>A data set of images of one pixel with these labels; the pixel is the pooled index.</summary>
    public static Dataset Dataset(int classes, byte[] trainLabels, byte[] testLabels)
    {
        var shape = new ImageShape(1, 1, 1);
        var pixels = Enumerable.Range(0, trainLabels.Length + testLabels.Length).Select(i => (byte)i).ToArray();
        return new Dataset(
            new DataProvenance("sample", trainLabels.Length, testLabels.Length, "", []),
            [.. Enumerable.Range(0, classes).Select(label => $"{label}")],
            new ImageSet(shape, pixels[..trainLabels.Length], trainLabels),
            new ImageSet(shape, pixels[trainLabels.Length..], testLabels));
    }
}
