using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdvFit.Learning.Data.Layouts;
using AdvFit.Messages;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>Photographs as images of one size.</summary>
/// <param name="Train">The train split.</param>
/// <param name="Test">The test split.</param>
/// <param name="Sha256">Hash of both, as <see cref="Dataset.Hash"/> gives it.</param>
/// <param name="LeftOut">The files that could not be read.</param>
internal sealed record PreparedImages(ImageSet Train, ImageSet Test, string Sha256, ImmutableArray<BrokenPhotograph> LeftOut);

/// <summary>
/// Photographs that are decoded and resized once, on all cores, into a file that later runs map into memory. The file is named by the
/// hash of all that goes into it. It holds the pixels of the train and of the test images, their labels, then what else has to be known
/// in JSON, and the length of that in four little-endian bytes.
/// </summary>
/// <param name="dataset">The data set's name.</param>
/// <param name="folder">The photographs.</param>
/// <param name="hashes">Their hashes, train then test.</param>
/// <param name="preprocess">What they become.</param>
/// <param name="cache">Folder of such files; made where it does not exist.</param>
internal sealed class PreparedPhotographs(
    string dataset, PhotographFolder folder, PhotographHash[] hashes, PreprocessSpec preprocess, string cache)
{
    private const int AtOnce = 256;
    private const int LengthBytes = 4;

    private readonly ImmutableArray<PhotographFile> _files = [.. folder.Train, .. folder.Test];
    private readonly ImageShape _shape = new(3, preprocess.Size, preprocess.Size);

    /// <summary>The images, prepared first where they are not there or are damaged.</summary>
    /// <param name="skipBroken">Whether files that cannot be read are left out; otherwise the first is an error.</param>
    /// <param name="progress">Told while photographs are being prepared; may be null.</param>
    /// <exception cref="DatasetException">A photograph cannot be read, or the images cannot be written.</exception>
    public PreparedImages Load(bool skipBroken, IProgress<PreparationProgress>? progress)
    {
        var path = Path.Combine(cache, $"{Key()}.images");
        try
        {
            var prepared = Open(path);
            if (prepared is null)
            {
                Directory.CreateDirectory(cache);
                DeleteAbandoned();
                Prepare(path, skipBroken, progress);
                prepared = Open(path) ?? throw new IOException("what was written there is damaged.");
            }

            return prepared.LeftOut.IsEmpty || skipBroken
                ? prepared
                : throw BrokenPhotographs.Failure(Root, prepared.LeftOut[0]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"The images made of {dataset} cannot be kept in {cache}: {error.Message} Make room or another choice of folder, with "
                + "--data or $ADVFIT_DATA.", error);
        }
    }

    /// <summary>Folder of the data set, from which the names of the files lead to them.</summary>
    private string Root => _files[0].Path[..^(_files[0].Name.Length + 1)];

    private string Key()
    {
        var inputs = new StringBuilder("images of photographs 1\n").Append(PhotographDecoder.Version).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"{preprocess.Size} {preprocess.Resize} {preprocess.Crop:R}\n");
        foreach (var hash in hashes)
        {
            inputs.Append(hash.Sha256).Append("  ").Append(hash.Name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs.ToString())))[..32];
    }

    /// <summary>What a file holds; null where it is not there or not what was written.</summary>
    private PreparedImages? Open(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        if (file.Length <= LengthBytes)
        {
            return null;
        }

        var bytes = PixelBytes.Map(file);
        var length = BitConverter.ToInt32(bytes.Slice(bytes.Length - LengthBytes, LengthBytes));
        if (length <= 0 || length > bytes.Length - LengthBytes)
        {
            return null;
        }

        try
        {
            var known = JsonSerializer.Deserialize<Contents>(bytes.Slice(bytes.Length - LengthBytes - length, length))!;
            var (train, test) = Splits(bytes, known.Train, known.Test);
            return Dataset.Hash(train, test) == known.Sha256 ? new PreparedImages(train, test, known.Sha256, [.. known.LeftOut]) : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private (ImageSet Train, ImageSet Test) Splits(PixelBytes bytes, int train, int test)
    {
        var pixels = (long)(train + test) * _shape.Length;
        var all = new ImageSet(_shape, bytes.Part(0, pixels), bytes.Slice(pixels, train + test).ToArray());
        return (all.Part(0, train), all.Part(train, test));
    }

    /// <summary>Writes the file under another name, flushes it, and renames it.</summary>
    private void Prepare(string path, bool skipBroken, IProgress<PreparationProgress>? progress)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read))
            {
                var (labels, leftOut) = (new List<byte>(), new List<BrokenPhotograph>());
                var train = 0;
                for (var start = 0; start < _files.Length; start += AtOnce)
                {
                    progress?.Report(new PreparationProgress(dataset, start, _files.Length));
                    foreach (var (number, image, problem) in Decode(start, Math.Min(AtOnce, _files.Length - start)))
                    {
                        if (image is null)
                        {
                            leftOut.Add(skipBroken
                                ? new BrokenPhotograph(_files[number].Name, problem)
                                : throw BrokenPhotographs.Failure(Root, new BrokenPhotograph(_files[number].Name, problem)));
                            continue;
                        }

                        file.Write(image);
                        labels.Add(_files[number].Label);
                        train += number < folder.Train.Length ? 1 : 0;
                    }
                }

                progress?.Report(new PreparationProgress(dataset, _files.Length, _files.Length));
                RefuseEmpty(labels, train);
                file.Write([.. labels]);
                file.Flush();
                var (trainImages, testImages) = Splits(PixelBytes.Map(file), train, labels.Count - train);
                var contents = JsonSerializer.SerializeToUtf8Bytes(
                    new Contents(train, labels.Count - train, Dataset.Hash(trainImages, testImages), leftOut));
                file.Write(contents);
                file.Write(BitConverter.GetBytes(contents.Length));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private (int Number, byte[]? Image, string Problem)[] Decode(int start, int count)
    {
        var decoded = new (int, byte[]?, string)[count];
        AllCores.For(count, i =>
        {
            var (photograph, problem) = PhotographDecoder.Decode(_files[start + i].Path);
            decoded[i] = (start + i, photograph is null ? null : PhotographResize.Square(photograph, preprocess), problem);
        });
        return decoded;
    }

    private void RefuseEmpty(List<byte> labels, int train)
    {
        var lacking = Enumerable.Range(0, folder.Classes.Length).FirstOrDefault(label => !labels[..train].Contains((byte)label), -1);
        if (lacking >= 0 || train == labels.Count)
        {
            throw new DatasetException(
                $"No {(lacking >= 0 ? $"train photograph of the class {folder.Classes[lacking]}" : "test photograph")} in {Root} can "
                + "be read; replace them by intact copies.");
        }
    }

    /// <summary>Deletes what processes that were killed have left; what somebody still writes is locked.</summary>
    private void DeleteAbandoned()
    {
        foreach (var part in Directory.EnumerateFiles(cache, "*.part"))
        {
            try
            {
                using (new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    File.Delete(part);
                }
            }
            catch (IOException)
            {
                // It is being written, or somebody else deleted it.
            }
        }
    }

    /// <summary>What the end of a file says of it.</summary>
    private sealed record Contents(int Train, int Test, string Sha256, IReadOnlyList<BrokenPhotograph> LeftOut);
}
