//! What an uploaded file is, and what is kept of it.

use std::io::Cursor;

use domain::document::{MOST_BYTES, MOST_PIXELS, Media, Unfit};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::pdf;

/// The longest side that is kept, in pixels: a page stays readable.
const LONGEST_SIDE: u32 = 3000;
/// How finely photos are written.
const QUALITY: u8 = 85;

/// What is kept of a file: a PDF as it is, a picture written anew. That leaves behind where and when a photo
/// was taken, and whatever else was hidden in it.
///
/// # Errors
/// Why it is not taken.
pub(super) fn understand(bytes: Vec<u8>) -> Result<(Media, Vec<u8>), Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Nothing);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::TooLarge);
    }
    let media = Media::of(&bytes).ok_or(Unfit::OtherKind)?;
    let kept = match media {
        Media::Pdf => match pdf::unfit(&bytes) {
            None => bytes,
            Some(unfit) => return Err(unfit),
        },
        Media::Jpeg => write(media, read(&bytes, ImageFormat::Jpeg)?)?,
        Media::Png => write(media, read(&bytes, ImageFormat::Png)?)?,
    };
    Ok((media, kept))
}

fn read(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Unfit> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unfit::Damaged)?;
    let (width, height) = decoder.dimensions();
    // Said by the first bytes of the file: nothing has been unpacked yet.
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_PIXELS * 8 {
        return Err(Unfit::TooManyPixels);
    }
    // A camera says which side is up beside the picture, which would be lost.
    let orientation = decoder.orientation().map_err(|_| Unfit::Damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Unfit::Damaged)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn write(media: Media, image: DynamicImage) -> Result<Vec<u8>, Unfit> {
    let image = if image.width().max(image.height()) > LONGEST_SIDE {
        image.thumbnail(LONGEST_SIDE, LONGEST_SIDE)
    } else {
        image
    };
    let mut out = Cursor::new(Vec::new());
    match media {
        Media::Jpeg => {
            DynamicImage::from(image.to_rgb8()).write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))
        }
        _ => DynamicImage::from(image.to_rgba8()).write_to(&mut out, ImageFormat::Png),
    }
    .map_err(|_| Unfit::Damaged)?;
    Ok(out.into_inner())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::pdf::tests::pdf;
    use super::*;

    /// A picture of so many pixels.
    pub(crate) fn picture(media: Media, width: u32, height: u32) -> Vec<u8> {
        let image = DynamicImage::from(image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 241).unwrap(), 99])
        }));
        write(media, image).unwrap()
    }

    #[test]
    fn the_three_kinds_are_taken_and_others_are_not() {
        for media in [Media::Jpeg, Media::Png] {
            let (kind, kept) = understand(picture(media, 40, 30)).unwrap();
            assert_eq!((kind, Media::of(&kept)), (media, Some(media)));
        }
        assert_eq!(understand(pdf(b"")), Ok((Media::Pdf, pdf(b""))));
        assert_eq!(understand(pdf(b"<< /S /JavaScript >>")), Err(Unfit::Active));
        assert_eq!(understand(vec![]), Err(Unfit::Nothing));
        assert_eq!(understand(b"<svg onload=alert(1)>".to_vec()), Err(Unfit::OtherKind));
        assert_eq!(understand([&b"%PDF-1.7"[..], &vec![0; MOST_BYTES]].concat()), Err(Unfit::TooLarge));
    }

    #[test]
    fn a_torn_picture_and_one_that_only_begins_like_one_are_not_taken() {
        let whole = picture(Media::Png, 40, 30);
        assert_eq!(understand(whole[..whole.len() / 2].to_vec()), Err(Unfit::Damaged));
        assert_eq!(understand(b"\xff\xd8\xff\xe0<script>alert(1)</script>".to_vec()), Err(Unfit::Damaged));
    }

    /// A photo with the place where it was taken, and a page of HTML behind it: neither is kept.
    #[test]
    fn what_is_hidden_in_a_picture_is_left_behind() {
        let photo = picture(Media::Jpeg, 40, 30);
        let exif = b"Exif\0\0MM\0*GPS 53.8 -1.5";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let with = [&photo[..2], &[0xff, 0xe1], &length, exif, &photo[2..], b"<html>secret</html>"].concat();
        let (_, kept) = understand(with).unwrap();
        let has = |what: &[u8]| kept.windows(what.len()).any(|window| window == what);
        assert!(!has(b"GPS") && !has(b"Exif") && !has(b"<html>"));
        let text = [&b"tEXt"[..], b"Author\0Amira"].concat();
        let png = picture(Media::Png, 40, 30);
        let chunk =
            [&u32::try_from(text.len() - 4).unwrap().to_be_bytes()[..], &text, &crc(&text).to_be_bytes()].concat();
        let (_, kept) = understand([&png[..33], &chunk, &png[33..]].concat()).unwrap();
        assert!(!kept.windows(5).any(|window| window == b"Amira"));
    }

    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }

    /// A few bytes that claim to be 60,000 pixels wide and high are refused before anything is unpacked.
    #[test]
    fn a_bomb_is_refused_by_its_first_bytes() {
        let mut png = picture(Media::Png, 40, 30);
        png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(understand(png), Err(Unfit::TooManyPixels));
    }

    #[test]
    fn a_large_picture_is_made_smaller() {
        let (_, kept) = understand(picture(Media::Jpeg, 3000, 20)).unwrap();
        assert_eq!(image::load_from_memory(&kept).unwrap().width(), 3000);
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(3600, 24).write_to(&mut out, ImageFormat::Png).unwrap();
        let (_, kept) = understand(out.into_inner()).unwrap();
        let small = image::load_from_memory(&kept).unwrap();
        assert_eq!((small.width(), small.height()), (3000, 20));
    }
}
