import { describe, expect, test } from '@jest/globals'
import { argumentsFor, imageSuffix, imagesOf, labelsSet, mentions } from '../../../src/plan/dockerfile/custom-dockerfile.ts'

const given = { BASE_IMAGE: 'acme/shop-base:fingerprint-1', BUILDER_IMAGE: 'acme/shop-builder:fingerprint-2' }

describe('the images that a Dockerfile starts from', () => {
  test.each([
    { name: 'a plain one', text: 'FROM debian:bookworm-slim\n', images: ['debian:bookworm-slim'] },
    { name: 'lower case', text: 'from debian as x\ncopy --from=x /a /b\n', images: ['debian'] },
    { name: 'the default of an argument', text: 'ARG V=3.13\nFROM python:${V}-slim\n', images: ['python:3.13-slim'] },
    { name: 'a quoted default', text: 'ARG V="3.13"\nFROM python:$V\n', images: ['python:3.13'] },
    { name: 'an argument that is given', text: 'ARG BASE_IMAGE=x\nFROM ${BASE_IMAGE}\n', images: [given.BASE_IMAGE] },
    { name: 'an argument that nobody declared', text: 'FROM ${BASE_IMAGE}\n', images: [] },
    { name: 'a default within FROM', text: 'ARG V\nFROM python:${V:-3.12}\n', images: ['python:3.12'] },
    { name: 'a word for an argument that is set', text: 'ARG BASE_IMAGE\nFROM ${BASE_IMAGE:+mine}\n', images: ['mine'] },
    { name: 'a platform', text: 'FROM --platform=linux/arm64 debian AS a\n', images: ['debian'] },
    {
      name: 'its own stages, scratch and numbers',
      text: 'FROM a AS One\nFROM one AS two\nFROM scratch\nCOPY --from=0 / /\nCOPY --from=two / /\n',
      images: ['a'],
    },
    { name: 'files of an image', text: 'FROM a\nCOPY --chown=1:1 --from=b:1 /x /x\n', images: ['a', 'b:1'] },
    { name: 'a mounted image', text: 'FROM a\nRUN --mount=type=bind,from=c@sha256:12,target=/x ls\n', images: ['a', 'c@sha256:12'] },
    { name: 'lines that go on, comments between them', text: 'ARG A=1 \\\n# no\n  B=2\nFROM \\\n  x:$B\n', images: ['x:2'] },
    { name: 'a comment alone', text: '# FROM evil\nFROM a\n', images: ['a'] },
    { name: 'an argument after FROM, which no FROM sees', text: 'FROM a\nARG B=2\nFROM b:$B\n', images: ['a'] },
    { name: 'an option in the place of an image', text: 'FROM a\nCOPY --from=--privileged / /\n', images: ['a'] },
    { name: 'Windows line ends and a byte order mark', text: '\uFEFFFROM a\r\nCOPY --from=b / /\r\n', images: ['a', 'b'] },
  ])('$name', ({ text, images }) => {
    expect(imagesOf(text, given)).toEqual(images)
  })
})

test('only arguments that the Dockerfile names are given, as Docker warns of others', () => {
  expect(argumentsFor('ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\n# BUILDER_IMAGE\n', given)).toEqual({ BASE_IMAGE: given.BASE_IMAGE })
  expect(mentions('ARG BASE_IMAGES', 'BASE_IMAGE')).toBe(false)
})

test.each([
  { name: 'its folder', file: 'docker/base/Dockerfile', suffix: '-base' },
  { name: 'its folder, in a legal form', file: 'docker/Python Env/Dockerfile', suffix: '-python-env' },
  { name: 'its kind at the root', file: 'Dockerfile', suffix: '-builder' },
  { name: 'its kind where the file has another name', file: 'docker/Dockerfile.base', suffix: '-builder' },
  { name: 'its kind where there is none', file: '', suffix: '-builder' },
])('an image is called after $name', ({ file, suffix }) => {
  expect(imageSuffix(file, 'builder')).toBe(suffix)
})

describe('the labels that a Dockerfile sets', () => {
  test.each([
    { name: 'none by a comment', text: 'FROM a\n# CI sets org.x.version\n', labels: [] },
    { name: 'none by another instruction', text: 'FROM a\nRUN echo org.x.version=1 # LABEL org.x.version=1\n', labels: [] },
    {
      name: 'several in one',
      text: 'FROM a\nLABEL org.x.version="1 2" "org.x.title"=b \\\n  c=d\n',
      labels: ['org.x.version', 'org.x.title', 'c'],
    },
    { name: 'the old form', text: 'FROM a\nlabel org.x.title a=b c\n', labels: ['org.x.title'] },
    { name: 'a value that names another', text: 'FROM a\nLABEL x="org.x.version=1"\n', labels: ['x'] },
    { name: 'none of another stage', text: 'FROM a AS one\nLABEL x=1\nFROM a\nCOPY --from=one /a /a\n', labels: [] },
    { name: 'those of the stage it starts from', text: 'FROM a AS One\nLABEL x=1\nFROM one\nLABEL y=1\n', labels: ['x', 'y'] },
  ])('$name', ({ text, labels }) => {
    expect([...labelsSet(text)]).toEqual(labels)
  })
})
